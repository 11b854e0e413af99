package io.github.mailflowlab.lab.smtp;

import io.github.mailflowlab.lab.pki.CarelessKeyManager;
import io.github.mailflowlab.lab.pki.CertificateDefect;
import io.github.mailflowlab.lab.pki.CertificatePlan;
import io.github.mailflowlab.lab.pki.LabPki;
import io.github.mailflowlab.lab.pki.PresentedChain;
import io.netty.channel.Channel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;

/**
 * A host's side of TLS. A certificate is issued at the first handshake that shows it: most hosts
 * never see one. Confined to the host's event loop, once made.
 */
final class HostTls {
  private final LabPki pki;
  private final String hostName;
  private final TlsManner manner;
  private final CertificatePlan plan;
  private final Instant start;
  private final Map<CertificateDefect, SslContext> contexts =
      new EnumMap<>(CertificateDefect.class);
  private int handshakes;

  HostTls(LabPki pki, String hostName, TlsManner manner, CertificatePlan plan, Instant start) {
    this.pki = pki;
    this.hostName = hostName;
    this.manner = manner;
    this.plan = plan;
    this.start = start;
  }

  SslHandler newHandler(Channel channel) {
    assert channel.eventLoop().inEventLoop();
    handshakes++;
    Duration since = Duration.between(start, pki.now());
    CertificateDefect defect = plan.at(handshakes, since);
    return contexts.computeIfAbsent(defect, this::newContext).newHandler(channel.alloc());
  }

  private SslContext newContext(CertificateDefect defect) {
    try {
      SslContextBuilder builder =
          SslContextBuilder.forServer(new CarelessKeyManager(chain(defect)))
              .sslProvider(SslProvider.JDK)
              .protocols(manner.protocols());
      return manner.demandsClientCertificate()
          ? builder.clientAuth(ClientAuth.REQUIRE).trustManager(pki.roots().get(0)).build()
          : builder.build();
    } catch (SSLException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }

  private PresentedChain chain(CertificateDefect defect) {
    PresentedChain issued = pki.issue(hostName, defect);
    List<X509Certificate> certificates = new ArrayList<>(issued.certificates());
    X509Certificate last = certificates.get(certificates.size() - 1);
    certificates.addAll(Collections.nCopies(manner.surplusCertificates(), last));
    return new PresentedChain(issued.key(), certificates);
  }
}
