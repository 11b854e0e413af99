package io.github.mailflowlab.scenario;

import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.config.ConnectorDraft;
import io.github.mailflowlab.config.ConnectorParameter;
import io.github.mailflowlab.config.DnsSettings;
import io.github.mailflowlab.config.SmartHost;
import io.github.mailflowlab.lab.Lab;
import io.github.mailflowlab.lab.NamedHost;
import io.github.mailflowlab.settings.LabSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the hosts of a scenario really are on this machine. A scenario writes {@code
 * mail.contoso.example}, as if it listened on port 25; here it has whatever port was free.
 *
 * @param lab with the DNS server and the roots to trust
 * @param hosts of the scenario
 */
record Premises(Lab lab, Collection<NamedHost> hosts) {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  /** The scenario's settings with all that depends on the machine. */
  LabSettings settings(Scenario scenario, Path folder) {
    LabSettings written = scenario.settings();
    DnsSettings dns = written.dns();
    return written
        .withListen(new LabSettings.Listen(ANY_PORT, ANY_PORT))
        .withData(folder)
        .withDns(new DnsSettings(List.of(lab.dns()), dns.timeout(), dns.tries()))
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

  /** A name that is no host's is a mail domain's, whose hosts share a port. */
  private SmartHost here(SmartHost written) {
    if (written.port() != SmartHost.DEFAULT_PORT || hosts.isEmpty()) {
      return written;
    }
    NamedHost host =
        hosts.stream()
            .filter(one -> one.name().equalsIgnoreCase(written.host()))
            .findFirst()
            .orElseGet(() -> hosts.iterator().next());
    return new SmartHost(written.host(), host.smartHost().port());
  }

  /** Changed parameters of a connector, with the ports of this machine. */
  Map<String, @Nullable Object> withPorts(Map<String, @Nullable Object> values) {
    Map<String, @Nullable Object> here = new LinkedHashMap<>(values);
    String key = ConnectorParameter.SMART_HOSTS.key();
    if (values.get(key) instanceof List<?> written) {
      here.put(
          key,
          written.stream()
              .map(text -> SmartHost.parse(String.valueOf(text)))
              .flatMap(Optional::stream)
              .map(host -> here(host).toString())
              .toList());
    }
    return here;
  }
}
