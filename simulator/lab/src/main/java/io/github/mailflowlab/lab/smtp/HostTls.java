package io.github.mailflowlab.lab.smtp;

import io.github.mailflowlab.lab.pki.CarelessKeyManager;
import io.github.mailflowlab.lab.pki.CertificateDefect;
import io.github.mailflowlab.lab.pki.LabPki;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;

/**
 * A host's side of TLS. A certificate is issued at the first handshake that shows it: most hosts
 * never see one. Confined to the host's event loop, once made.
 */
final class HostTls {
  private static final List<String> WITH_TLS_13 = List.of("TLSv1.3", "TLSv1.2");
  private static final List<String> TLS_12_ONLY = List.of("TLSv1.2");

  private final LabPki pki;
  private final String hostName;
  private final HostBehaviour behaviour;
  private final Instant start;
  private final Map<CertificateDefect, SslContext> contexts =
      new EnumMap<>(CertificateDefect.class);
  private int handshakes;

  HostTls(LabPki pki, String hostName, HostBehaviour behaviour) {
    this.pki = pki;
    this.hostName = hostName;
    this.behaviour = behaviour;
    this.start = pki.now();
  }

  SslHandler newHandler(Channel channel) {
    assert channel.eventLoop().inEventLoop();
    handshakes++;
    Duration since = Duration.between(start, pki.now());
    CertificateDefect defect = behaviour.certificate().at(handshakes, since);
    return contexts.computeIfAbsent(defect, this::newContext).newHandler(channel.alloc());
  }

  private SslContext newContext(CertificateDefect defect) {
    try {
      return SslContextBuilder.forServer(new CarelessKeyManager(pki.issue(hostName, defect)))
          .sslProvider(SslProvider.JDK)
          .protocols(behaviour.offersTls13() ? WITH_TLS_13 : TLS_12_ONLY)
          .build();
    } catch (SSLException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }
}
