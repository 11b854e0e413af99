package io.github.mailflowlab.tenant;

import io.github.mailflowlab.config.Checked;
import io.github.mailflowlab.config.ConfigProblem;
import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.mail.DomainName;
import io.github.mailflowlab.routing.AcceptedDomain;
import io.github.mailflowlab.routing.Organization;
import io.github.mailflowlab.tenant.Edit.Target;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What holds at one moment. Immutable. */
record Configuration(Organization organization, List<Connector> connectors) {
  Configuration {
    connectors = List.copyOf(connectors);
  }

  /** Of a change, what is wrong with it. */
  record Misfit(Target target, String name, List<ConfigProblem> problems) {}

  /** Things with overrides, and the overrides that did not fit; those were left out. */
  private record Merged<T>(List<T> things, List<Misfit> misfits) {}

  /** A configuration with changes, and the changes that do not fit it. */
  record Changed(Configuration configuration, List<Misfit> misfits) {
    /** What is wrong with the changes of one thing. */
    List<ConfigProblem> problems(Target target, String name) {
      return misfits.stream()
          .filter(misfit -> misfit.target() == target && misfit.name().equals(name))
          .flatMap(misfit -> misfit.problems().stream())
          .toList();
    }
  }

  Optional<Connector> connector(String name) {
    return connectors.stream().filter(one -> one.name().equalsIgnoreCase(name)).findFirst();
  }

  Optional<AcceptedDomain> domain(String name) {
    return DomainName.parse(name).flatMap(organization::domain);
  }

  /**
   * This configuration with changes. What does not fit is left out as a whole: the file may have
   * changed since a change was made.
   */
  Changed with(Overrides overrides) {
    Merged<Connector> ways =
        merge(
            Target.CONNECTOR,
            connectors.stream().map(Connector::name).toList(),
            this::connector,
            overrides,
            (name, changes) -> ConnectorValues.changed(name, connector(name), changes));
    Merged<AcceptedDomain> domains =
        merge(
            Target.DOMAIN,
            organization.domains().stream().map(domain -> domain.name().toString()).toList(),
            this::domain,
            overrides,
            (name, changes) -> DomainValues.changed(name, domain(name), changes));
    List<Misfit> misfits = new ArrayList<>(ways.misfits());
    misfits.addAll(domains.misfits());
    return new Changed(
        new Configuration(new Organization(domains.things(), organization.admins()), ways.things()),
        misfits);
  }

  private static <T> Merged<T> merge(
      Target target,
      List<String> known,
      Function<String, Optional<T>> base,
      Overrides overrides,
      BiFunction<String, Map<String, @Nullable Object>, Checked<T>> change) {
    List<T> things = new ArrayList<>();
    List<Misfit> misfits = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>(known);
    names.addAll(overrides.of(target).keySet());
    for (String name : names) {
      Map<String, @Nullable Object> changes = overrides.of(target).get(name);
      Optional<T> before = base.apply(name);
      if (changes == null) {
        before.ifPresent(things::add);
        continue;
      }
      Checked<T> changed = change.apply(name, changes);
      if (changed.problems().isEmpty()) {
        things.add(changed.value());
      } else {
        before.ifPresent(things::add);
        misfits.add(new Misfit(target, name, changed.problems()));
      }
    }
    return new Merged<>(things, misfits);
  }
}
