package io.github.mailflowlab.lab.smtp;

import io.github.mailflowlab.lab.pki.CarelessKeyManager;
import io.github.mailflowlab.lab.pki.CertificateDefect;
import io.github.mailflowlab.lab.pki.LabPki;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A host's side of TLS. The certificate is issued at the first handshake: most hosts never see one.
 * Confined to the host's event loop.
 */
final class HostTls {
  private static final List<String> WITH_TLS_13 = List.of("TLSv1.3", "TLSv1.2");
  private static final List<String> TLS_12_ONLY = List.of("TLSv1.2");

  private final LabPki pki;
  private final String hostName;
  private final HostBehaviour behaviour;
  private @Nullable SslContext context;

  HostTls(LabPki pki, String hostName, HostBehaviour behaviour) {
    this.pki = pki;
    this.hostName = hostName;
    this.behaviour = behaviour;
  }

  SslHandler newHandler(Channel channel) {
    assert channel.eventLoop().inEventLoop();
    SslContext existing = context;
    if (existing == null) {
      existing = newContext();
      context = existing;
    }
    return existing.newHandler(channel.alloc());
  }

  private SslContext newContext() {
    CertificateDefect defect = behaviour.certificate();
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
