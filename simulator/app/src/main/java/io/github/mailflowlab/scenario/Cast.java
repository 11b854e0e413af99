package io.github.mailflowlab.scenario;

import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.config.ConnectorDraft;
import io.github.mailflowlab.config.ConnectorParameter;
import io.github.mailflowlab.config.NearestWords;
import io.github.mailflowlab.config.SmartHost;
import io.github.mailflowlab.lab.HostPlan;
import io.github.mailflowlab.mail.DomainName;
import io.github.mailflowlab.settings.LabSettings;
import io.github.mailflowlab.settings.Section;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who is there in a scenario, for those parts of the file that name somebody.
 *
 * @param hosts of the environment
 * @param settings with the connectors and domains
 */
record Cast(List<HostPlan> hosts, LabSettings settings) {
  /** The value, when it is the name of a host. */
  Optional<String> host(Section section, String key) {
    return known(section, key, section.text(key), hostNames());
  }

  /** Notes a problem with what is neither host nor mail domain. */
  void smartHost(Section section, String key, SmartHost host) {
    List<String> names = Stream.concat(hostNames().stream(), mailDomains().stream()).toList();
    if (!host.isAddress()) {
      Optional<String> unused = known(section, key, Optional.of(host.host()), names);
    }
  }

  /** The values that are names of hosts. */
  List<String> hostList(Section section, String key) {
    return section.textOrTexts(key).orElse(List.of()).stream()
        .flatMap(name -> known(section, key, Optional.of(name), hostNames()).stream())
        .toList();
  }

  /** The value, when it is the name of a connector; of the only one when there is none. */
  Optional<String> connector(Section section, String key) {
    List<String> names = settings.connectors().stream().map(Connector::name).toList();
    if (!section.has(key) && names.size() != 1) {
      section.problem(key, "missing (expected one of: " + String.join(", ", names) + ")");
      return Optional.empty();
    }
    return section.has(key)
        ? known(section, key, section.text(key), names)
        : Optional.of(names.get(0));
  }

  /** Notes what is wrong with these changes, made to a connector as it was in the beginning. */
  void check(Section section, String connector, Map<String, @Nullable Object> changes) {
    for (Connector one : settings.connectors()) {
      if (one.name().equals(connector)) {
        Map<ConnectorParameter, Object> values = new EnumMap<>(ConnectorParameter.class);
        values.putAll(ConnectorDraft.of(one).values());
        for (ConnectorParameter parameter : ConnectorParameter.values()) {
          Object changed = changes.get(parameter.key());
          if (changed != null) {
            values.put(parameter, changed);
          }
        }
        new ConnectorDraft(values)
            .check()
            .problems()
            .forEach(problem -> section.problem(problem.key(), problem.message()));
      }
    }
  }

  private static Optional<String> known(
      Section section, String key, Optional<String> given, List<String> names) {
    Optional<String> found =
        given.flatMap(name -> names.stream().filter(name::equalsIgnoreCase).findFirst());
    if (given.isPresent() && found.isEmpty()) {
      section.problem(
          key,
          "\""
              + given.get()
              + "\" (expected one of: "
              + String.join(", ", names)
              + ")"
              + NearestWords.hint(given.get(), names));
    }
    if (given.isEmpty() && !section.has(key)) {
      section.problem(key, "missing (expected one of: " + String.join(", ", names) + ")");
    }
    return found;
  }

  private List<String> hostNames() {
    return hosts.stream().map(host -> host.name().value()).toList();
  }

  private List<String> mailDomains() {
    return hosts.stream()
        .flatMap(host -> host.mailDomains().stream())
        .map(DomainName::value)
        .distinct()
        .toList();
  }
}
