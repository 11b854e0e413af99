package io.github.mailflowlab.administration;

import io.github.mailflowlab.config.Checked;
import io.github.mailflowlab.config.ConfigProblem;
import io.github.mailflowlab.config.NearestWords;
import io.github.mailflowlab.document.AdministrationDocument;
import io.github.mailflowlab.document.DnsDocument;
import io.github.mailflowlab.lab.HostPlan;
import io.github.mailflowlab.lab.Lab;
import io.github.mailflowlab.lab.NamedHost;
import io.github.mailflowlab.lab.order.FaultOrder;
import io.github.mailflowlab.lab.order.OrderReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The lab's hosts as their administrator has them in hand: a service that runs, a firewall, a
 * certificate, an address in DNS. What is wrong with a host shows as the value of a knob, whoever
 * ordered that fault, and setting the knob takes it away. Any thread; changes follow one another.
 */
public final class HostAdministration {
  private static final int MAX_ADDRESSES = 10;

  private final Lab lab;
  private final Names names = new Names();

  public HostAdministration(Lab lab) {
    this.lab = lab;
  }

  /** The names of the hosts there are. */
  public List<String> names() {
    return List.copyOf(lab.hosts().keySet());
  }

  private Optional<NamedHost> find(String name) {
    return Optional.ofNullable(lab.hosts().get(name.toLowerCase(Locale.ROOT)));
  }

  private NamedHost known(String name) {
    return find(name).orElseThrow(() -> new IllegalArgumentException("host: " + name));
  }

  /** All hosts, by name. */
  public AdministrationDocument.Listing hosts() {
    return new AdministrationDocument.Listing(
        lab.hosts().values().stream().map(HostAdministration::document).toList());
  }

  public Optional<AdministrationDocument> host(String name) {
    return find(name).map(HostAdministration::document);
  }

  private static AdministrationDocument document(NamedHost host) {
    List<String> ids = ids(host);
    Map<String, String> settings = new LinkedHashMap<>();
    for (Knob knob : Knob.values()) {
      settings.put(knob.key(), knob.word(ids));
    }
    return new AdministrationDocument(
        host.name(), host.plan().address(), host.smartHost().port(), settings);
  }

  private static List<String> ids(NamedHost host) {
    return host.faults().stream().map(OrderReport::order).map(FaultOrder::id).toList();
  }

  /**
   * Sets some knobs of a host there is.
   *
   * @return the host as it is then, or every problem; then nothing was changed
   */
  public synchronized Checked<AdministrationDocument> change(
      String name, Map<String, String> values) {
    List<ConfigProblem> problems = new ArrayList<>();
    Map<Knob, Knob.Value> wanted = new LinkedHashMap<>();
    values.forEach(
        (key, word) -> {
          Optional<Knob> knob = Knob.of(key);
          Optional<Knob.Value> value = knob.flatMap(known -> known.value(word));
          if (value.isPresent()) {
            wanted.put(knob.get(), value.get());
          } else if (knob.isPresent()) {
            problems.add(unknown(key, word, knob.get().words()));
          } else {
            problems.add(unknown("setting", key, Knob.keys()));
          }
        });
    if (!problems.isEmpty()) {
      return new Checked.Invalid<>(problems);
    }
    NamedHost host = known(name);
    try {
      wanted.forEach((knob, value) -> set(host, knob, value));
    } catch (IllegalArgumentException e) {
      return new Checked.Invalid<>(
          List.of(new ConfigProblem(host.name(), String.valueOf(e.getMessage()))));
    }
    return new Checked.Valid<>(document(host));
  }

  private static ConfigProblem unknown(String key, String word, List<String> known) {
    return new ConfigProblem(
        key,
        "\""
            + word
            + "\" (expected one of: "
            + String.join(", ", known)
            + ")"
            + NearestWords.hint(word, known));
  }

  /** What is new comes first, so that the host is not well for a moment in between. */
  private static void set(NamedHost host, Knob knob, Knob.Value value) {
    List<String> before = ids(host).stream().filter(knob::owns).toList();
    if (value.order().isPresent() && before.stream().noneMatch(value::is)) {
      host.add(value.order().get());
    }
    before.stream().filter(id -> !value.is(id)).forEach(host::remove);
  }

  /** The address records of all hosts, by name. */
  public DnsDocument.Listing records() {
    return new DnsDocument.Listing(lab.hosts().values().stream().map(names::show).toList());
  }

  public Optional<DnsDocument> record(String name) {
    return find(name).map(names::show);
  }

  /**
   * Lets the name of a host there is lead to these addresses, and to no other.
   *
   * @return the record, or every problem; then nothing was changed
   */
  public synchronized Checked<DnsDocument> setRecord(String name, List<String> addresses) {
    List<ConfigProblem> problems = new ArrayList<>();
    if (addresses.isEmpty() || addresses.size() > MAX_ADDRESSES) {
      problems.add(new ConfigProblem("addresses", "expected: 1 to " + MAX_ADDRESSES));
    }
    addresses.stream()
        .filter(address -> !HostPlan.isLoopback(address))
        .map(address -> new ConfigProblem("addresses", "\"" + address + "\" (expected: 127.x.y.z)"))
        .forEach(problems::add);
    if (!problems.isEmpty()) {
      return new Checked.Invalid<>(problems);
    }
    NamedHost host = known(name);
    names.set(host, addresses);
    return new Checked.Valid<>(names.show(host));
  }

  /** Lets the name of a host there is exist no more; the host stays. */
  public synchronized DnsDocument removeRecord(String name) {
    NamedHost host = known(name);
    names.remove(host);
    return names.show(host);
  }
}
