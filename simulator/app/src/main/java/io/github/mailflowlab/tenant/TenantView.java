package io.github.mailflowlab.tenant;

import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.document.ConfiguredDocument;
import io.github.mailflowlab.document.ConfiguredDocument.PendingChange;
import io.github.mailflowlab.mail.DomainName;
import io.github.mailflowlab.tenant.Edit.Target;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Shows what is in force, what of it was changed, and what is about to change. */
record TenantView(Configuration file, TenantState state, Configuration inForce) {
  List<ConfiguredDocument> all(Target target) {
    return names(target).stream().map(name -> document(target, name)).toList();
  }

  Optional<ConfiguredDocument> one(Target target, String name) {
    String canonical = canonical(target, name);
    return names(target).contains(canonical)
        ? Optional.of(document(target, canonical))
        : Optional.empty();
  }

  /** The name as it is written where it was first given. */
  String canonical(Target target, String name) {
    return names(target).stream()
        .filter(known -> known.equalsIgnoreCase(name))
        .findFirst()
        .orElseGet(
            () ->
                target == Target.DOMAIN
                    ? DomainName.parse(name).map(DomainName::toString).orElse(name)
                    : name);
  }

  private Set<String> names(Target target) {
    Set<String> names = new LinkedHashSet<>();
    switch (target) {
      case CONNECTOR -> inForce.connectors().forEach(connector -> names.add(connector.name()));
      case DOMAIN ->
          inForce.organization().domains().forEach(domain -> names.add(domain.name().toString()));
    }
    names.addAll(state.saved().of(target).keySet());
    return names;
  }

  private ConfiguredDocument document(Target target, String name) {
    List<PendingChange> pending = new ArrayList<>();
    for (PendingEdits edits : state.pending()) {
      edits.edits().stream()
          .filter(edit -> edit.target() == target && edit.name().equals(name))
          .forEach(
              edit -> pending.add(new PendingChange(edits.due(), edits.alert(), edit.values())));
    }
    Map<String, @Nullable Object> overrides =
        state.inForce().of(target).getOrDefault(name, Map.of());
    return new ConfiguredDocument(
        name,
        inFile(target, name),
        parameters(target, name),
        List.copyOf(overrides.keySet()),
        pending);
  }

  private boolean inFile(Target target, String name) {
    return switch (target) {
      case CONNECTOR -> file.connectors().stream().map(Connector::name).anyMatch(name::equals);
      case DOMAIN -> file.domain(name).isPresent();
    };
  }

  private Optional<Map<String, @Nullable Object>> parameters(Target target, String name) {
    return switch (target) {
      case CONNECTOR -> inForce.connector(name).map(ConnectorValues::shown);
      case DOMAIN -> inForce.domain(name).map(DomainValues::shown);
    };
  }
}
