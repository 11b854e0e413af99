package io.github.mailflowlab.lab.smtp;

import io.github.mailflowlab.lab.pki.CarelessKeyManager;
import io.github.mailflowlab.lab.pki.LabPki;
import io.github.mailflowlab.lab.pki.PresentedChain;
import io.netty.channel.Channel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A host's side of TLS. The certificate is issued at the first handshake: most hosts never see one.
 * Confined to the host's event loop.
 */
final class HostTls {
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
    TlsManner manner = behaviour.tls();
    try {
      SslContextBuilder builder =
          SslContextBuilder.forServer(new CarelessKeyManager(chain(manner)))
              .sslProvider(SslProvider.JDK)
              .protocols(manner.protocols());
      return manner.demandsClientCertificate()
          ? builder.clientAuth(ClientAuth.REQUIRE).trustManager(pki.root()).build()
          : builder.build();
    } catch (SSLException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }

  private PresentedChain chain(TlsManner manner) {
    PresentedChain issued = pki.issue(hostName, behaviour.certificate());
    List<X509Certificate> certificates = new ArrayList<>(issued.certificates());
    X509Certificate last = certificates.get(certificates.size() - 1);
    certificates.addAll(Collections.nCopies(manner.surplusCertificates(), last));
    return new PresentedChain(issued.key(), certificates);
  }
}
