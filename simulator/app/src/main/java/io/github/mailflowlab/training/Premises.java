package io.github.mailflowlab.training;

import io.github.mailflowlab.administration.HostAdministration;
import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.config.ConnectorDraft;
import io.github.mailflowlab.config.ConnectorParameter;
import io.github.mailflowlab.config.DnsSettings;
import io.github.mailflowlab.config.SmartHost;
import io.github.mailflowlab.lab.HostPlan;
import io.github.mailflowlab.lab.Lab;
import io.github.mailflowlab.lab.NamedHost;
import io.github.mailflowlab.settings.LabSettings;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The servers of a lesson on this machine. A lesson writes {@code mail.contoso.example}, as if that
 * listened on port 25; here it has whatever port was free.
 */
final class Premises {
  private final Lesson lesson;
  private final Lab lab;
  private final HostAdministration administration;

  /** Starts the servers in the lab. */
  Premises(Lesson lesson, Lab lab) {
    this.lesson = lesson;
    this.lab = lab;
    this.administration = new HostAdministration(lab);
    lesson.hosts().forEach(this::start);
    restore();
  }

  /** Servers with addresses of their own share a port, so that a name can move between them. */
  private void start(HostPlan plan) {
    int port =
        lab.hosts().values().stream()
            .filter(host -> !host.plan().address().equals(plan.address()))
            .map(host -> host.smartHost().port())
            .findFirst()
            .orElse(0);
    lab.host(
        new HostPlan(
            plan.name(),
            plan.address(),
            port,
            plan.mailDomains(),
            plan.without(),
            plan.addresses(),
            plan.ttl(),
            plan.faults()));
  }

  /** As the lesson begins: its faults, its names, and no memory of what came. */
  void restore() {
    for (NamedHost host : lab.hosts().values()) {
      String address = lesson.records().getOrDefault(host.name(), host.plan().address());
      // Setting a record cures its name, which may be ill on purpose: so that comes first.
      administration.setRecord(host.name(), List.of(address));
      host.faults(host.plan().faults());
      host.startOver();
    }
  }

  Lab lab() {
    return lab;
  }

  HostAdministration administration() {
    return administration;
  }

  /** The lesson's settings with all that depends on the machine. */
  LabSettings settings(LabSettings.Listen listen, Path folder) {
    LabSettings written = lesson.settings();
    return written
        .withListen(listen)
        .withData(folder)
        .withDns(
            new DnsSettings(List.of(lab.dns()), written.dns().timeout(), written.dns().tries()))
        .withConnectors(written.connectors().stream().map(this::here).toList());
  }

  private Connector here(Connector connector) {
    Map<ConnectorParameter, Object> values = new EnumMap<>(ConnectorParameter.class);
    values.putAll(ConnectorDraft.of(connector).values());
    values.put(ConnectorParameter.TRUST, lab.trust().toString());
    values.put(
        ConnectorParameter.SMART_HOSTS,
        connector.smartHosts().stream().map(this::here).map(SmartHost::toString).toList());
    return new ConnectorDraft(values).check().value();
  }

  private SmartHost here(SmartHost written) {
    NamedHost host = lab.hosts().get(written.host());
    return host == null || written.port() != SmartHost.DEFAULT_PORT ? written : host.smartHost();
  }
}
