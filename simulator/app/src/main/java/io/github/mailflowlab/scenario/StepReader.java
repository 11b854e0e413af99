package io.github.mailflowlab.scenario;

import io.github.mailflowlab.config.ConnectorParameter;
import io.github.mailflowlab.config.SmartHost;
import io.github.mailflowlab.environment.FaultSection;
import io.github.mailflowlab.lab.HostPlan;
import io.github.mailflowlab.mail.DomainName;
import io.github.mailflowlab.settings.Section;
import io.github.mailflowlab.tenant.Edit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads one item of {@code timeline}: {@code at}, and what happens then. */
final class StepReader {
  private static final Duration LONGEST = Duration.ofDays(3650);
  private static final int MOST_MESSAGES = 100_000;
  private static final int LARGEST_MESSAGE = 30_000_000;
  private static final List<String> ACTIONS =
      Stream.concat(
              Stream.of("send", "fault", "repair", "dns", "mx", "connector", "domain", "expect"),
              Stream.of(Operation.values()).map(Operation::word))
          .toList();

  private final Section item;
  private final Cast cast;
  private final Duration at;

  private StepReader(Section item, Cast cast) {
    this.item = item;
    this.cast = cast;
    this.at = item.duration("at", Duration.ZERO, LONGEST).orElse(Duration.ZERO);
  }

  /** Its steps, several when mail is spread over time; none when there are problems. */
  static List<Step> read(Section item, Cast cast) {
    if (!item.has("at")) {
      item.problem("at", "missing (expected: a duration after the start, such as PT8H)");
    }
    List<Step> steps = new StepReader(item, cast).steps();
    item.rejectUnknown();
    return steps;
  }

  private List<Step> steps() {
    List<String> given = ACTIONS.stream().filter(item::has).toList();
    if (given.size() != 1) {
      item.problem(
          given.isEmpty() ? "at" : given.get(1),
          (given.isEmpty() ? "nothing happens" : "beside " + given.get(0))
              + " (expected one of: "
              + String.join(", ", ACTIONS)
              + ")");
      return List.of();
    }
    Section section = item.section(given.get(0));
    List<Step> steps =
        switch (given.get(0)) {
          case "send" -> send(section);
          case "fault" -> fault(section);
          case "repair" -> repair(section);
          case "dns" -> dns(section);
          case "mx" -> mx(section);
          case "connector" -> connector(section);
          case "domain" -> domain(section);
          case "expect" -> List.of(then(new Action.Look(ExpectationReader.read(section, cast))));
          default -> operate(section, given.get(0));
        };
    section.rejectUnknown();
    return steps;
  }

  private Step then(Action action) {
    return new Step(at, action);
  }

  private List<Step> send(Section section) {
    String from = address(section, "from", section.text("from")).orElse("alice@contoso.example");
    List<String> to = section.textOrTexts("to").orElse(List.of());
    if (to.isEmpty()) {
      section.problem("to", "missing (expected: an address, or a list of them)");
    }
    to.forEach(text -> address(section, "to", Optional.of(text)));
    int count = section.integer("count", 1, MOST_MESSAGES).orElse(1);
    Optional<Duration> every = section.duration("every", LONGEST);
    int batch = section.integer("batch", 1, MOST_MESSAGES).orElse(every.isPresent() ? 1 : count);
    String subject = section.text("subject").orElse("Mail " + Batch.NUMBER);
    String body = section.text("body").orElse("Hello, this is number " + Batch.NUMBER + ".");
    int size = section.integer("size", 1, LARGEST_MESSAGE).orElse(1);
    List<Step> steps = new ArrayList<>();
    for (int sent = 0; sent < count; sent += batch) {
      Duration when = at.plus(every.orElse(Duration.ZERO).multipliedBy(sent / batch));
      int now = Math.min(batch, count - sent);
      steps.add(
          new Step(when, new Action.Send(new Batch(from, to, subject, body, size, sent + 1, now))));
    }
    return steps;
  }

  private static Optional<String> address(Section section, String key, Optional<String> text) {
    if (text.isPresent() && Batch.address(text.get(), 1).isEmpty()) {
      section.problem(
          key, "\"" + text.get() + "\" (expected: an address such as user{n}@contoso.example)");
    }
    return text;
  }

  private List<Step> fault(Section section) {
    Optional<String> host = cast.host(section, "host");
    return FaultSection.read(section)
        .flatMap(order -> host.map(name -> then(new Action.Break(name, order))))
        .map(List::of)
        .orElse(List.of());
  }

  private List<Step> repair(Section section) {
    Optional<String> fault = section.text("id");
    return cast.host(section, "host")
        .map(name -> List.of(then(new Action.Repair(name, fault))))
        .orElse(List.of());
  }

  private List<Step> dns(Section section) {
    List<String> addresses = section.textOrTexts("address").orElse(List.of());
    for (String address : addresses) {
      if (!HostPlan.isLoopback(address)) {
        section.problem("address", "\"" + address + "\" (expected: 127.x.y.z)");
      }
    }
    if (addresses.isEmpty()) {
      section.problem("address", "missing (expected: 127.x.y.z, or a list of them)");
    }
    return cast.host(section, "host")
        .map(name -> List.of(then(new Action.MoveName(name, addresses))))
        .orElse(List.of());
  }

  private List<Step> mx(Section section) {
    Optional<DomainName> domain = section.parsed("domain", DomainName::parse, "a domain");
    if (!section.has("domain")) {
      section.problem("domain", "missing");
    }
    List<String> hosts = cast.hostList(section, "hosts");
    return domain
        .map(name -> List.of(then(new Action.MoveMail(name.value(), hosts))))
        .orElse(List.of());
  }

  private List<Step> connector(Section section) {
    Optional<String> name = cast.connector(section, "name");
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (ConnectorParameter parameter : ConnectorParameter.values()) {
      if (parameter != ConnectorParameter.NAME && parameter != ConnectorParameter.TRUST) {
        value(section, parameter).ifPresent(given -> values.put(parameter.key(), given));
      }
    }
    section.texts(ConnectorParameter.SMART_HOSTS.key()).orElse(List.of()).stream()
        .flatMap(text -> SmartHost.parse(text).stream())
        .forEach(host -> cast.smartHost(section, ConnectorParameter.SMART_HOSTS.key(), host));
    name.ifPresent(given -> cast.check(section, given, values));
    return change(Edit.Target.CONNECTOR, name, values);
  }

  private static Optional<?> value(Section section, ConnectorParameter parameter) {
    return switch (parameter.kind()) {
      case TEXT -> section.text(parameter.key());
      case FLAG -> section.flag(parameter.key());
      case LIST -> section.texts(parameter.key());
    };
  }

  private List<Step> domain(Section section) {
    if (!section.has("name")) {
      section.problem("name", "missing");
    }
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    section.text("type").ifPresent(type -> values.put("type", type));
    section.texts("mailboxes").ifPresent(mailboxes -> values.put("mailboxes", mailboxes));
    Optional<String> name =
        section.parsed("name", DomainName::parse, "a domain").map(DomainName::value);
    return change(Edit.Target.DOMAIN, name, values);
  }

  private List<Step> change(
      Edit.Target target, Optional<String> name, Map<String, @Nullable Object> values) {
    return name.map(given -> List.of(then(new Action.Change(target, given, values))))
        .orElse(List.of());
  }

  private List<Step> operate(Section section, String word) {
    Operation operation =
        Stream.of(Operation.values())
            .filter(one -> one.word().equals(word))
            .findFirst()
            .orElseThrow();
    return cast.connector(section, "connector")
        .map(name -> List.of(then(new Action.Operate(operation, name))))
        .orElse(List.of());
  }
}
