package io.github.mailflowlab.lab.smtp;

import io.github.mailflowlab.lab.pki.CarelessKeyManager;
import io.github.mailflowlab.lab.pki.CertificateDefect;
import io.github.mailflowlab.lab.pki.LabPki;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A host's side of TLS. The certificate is issued at the first handshake: most hosts never see one.
 * Confined to the host's event loop.
 */
final class HostTls {
  private final LabPki pki;
  private final String hostName;
  private final CertificateDefect defect;
  private @Nullable SslContext context;

  HostTls(LabPki pki, String hostName, CertificateDefect defect) {
    this.pki = pki;
    this.hostName = hostName;
    this.defect = defect;
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
    try {
      return SslContextBuilder.forServer(new CarelessKeyManager(pki.issue(hostName, defect)))
          .sslProvider(SslProvider.JDK)
          .protocols("TLSv1.3", "TLSv1.2")
          .build();
    } catch (SSLException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }
}
