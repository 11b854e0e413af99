package io.github.mailflowlab.environment;

import io.github.mailflowlab.config.Checked;
import io.github.mailflowlab.config.ConfigProblem;
import io.github.mailflowlab.lab.order.FaultOrder;
import io.github.mailflowlab.settings.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one order for a fault: {@code id}, {@code where}, {@code what}, {@code who}, ... */
public final class FaultSection {
  private final Section section;
  private final Map<String, Section> parts;

  private FaultSection(Section section) {
    this.section = section;
    this.parts = Map.of("who", section.section("who"), "when", section.section("when"));
  }

  /** The order; empty when there are problems, which the section then has. Reads every key. */
  public static Optional<FaultOrder> read(Section section) {
    return new FaultSection(section).read();
  }

  /** Several of them, those that are right. */
  public static List<FaultOrder> readAll(List<Section> sections) {
    List<FaultOrder> orders = new ArrayList<>();
    sections.forEach(section -> read(section).ifPresent(orders::add));
    return orders;
  }

  private Optional<FaultOrder> read() {
    Map<String, String> written = new HashMap<>();
    boolean isReadable = true;
    for (String key : FaultOrder.keys()) {
      Section part = part(key);
      part.text(name(key)).ifPresent(text -> written.put(key, text));
      isReadable &= !part.isNoted(name(key));
    }
    section.rejectUnknown();
    parts.values().forEach(Section::rejectUnknown);
    if (!isReadable) {
      return Optional.empty();
    }
    Checked<FaultOrder> checked = FaultOrder.check(written);
    for (ConfigProblem problem : checked.problems()) {
      part(problem.key()).problem(name(problem.key()), problem.message());
    }
    return checked.problems().isEmpty() ? Optional.of(checked.value()) : Optional.empty();
  }

  /** {@code who.sender} is {@code sender} in the part {@code who}. */
  private Section part(String key) {
    int dot = key.indexOf('.');
    return dot < 0 ? section : parts.getOrDefault(key.substring(0, dot), section);
  }

  private static String name(String key) {
    return key.substring(key.indexOf('.') + 1);
  }
}
