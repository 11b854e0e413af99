package io.github.mailflowlab.smtp;

import io.github.mailflowlab.config.DnsSettings;
import io.github.mailflowlab.lab.StagedFault;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A transport for every DNS server that a fault may bring. */
final class Transports implements AutoCloseable {
  private final SmtpSettings settings;
  private final Map<List<InetSocketAddress>, SmtpTransport> byServers = new HashMap<>();

  Transports(SmtpSettings settings) {
    this.settings = settings;
  }

  SmtpTransport of(StagedFault host) {
    return byServers.computeIfAbsent(
        host.dnsServers(),
        servers ->
            SmtpTransport.start(
                Mailing.withDns(
                    settings,
                    new DnsSettings(servers, settings.dns().timeout(), settings.dns().tries()))));
  }

  @Override
  public void close() {
    byServers.values().forEach(SmtpTransport::close);
  }
}
