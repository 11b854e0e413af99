package io.github.mailflowlab.smtp.tls;

import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Makes handshakes: TLS 1.2 and 1.3, the server's name in SNI, every certificate accepted.
 *
 * <p>Accepting everything here is the point: EncryptionOnly never looks at the certificate, and for
 * the other settings {@link CertificateJudge} gives the verdict after the handshake and before any
 * mail, because the JDK's own verdict has one text for three different defects. All threads.
 */
public final class TlsClient {
  private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

  private final SSLContext context;

  public TlsClient() {
    try {
      context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new AcceptForNow()}, null);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no TLS", e);
    }
  }

  /**
   * A handler for one handshake; the caller limits its time.
   *
   * @param serverName a name for SNI, or an address, which SNI does not carry (RFC 6066 3)
   */
  public SslHandler handler(String serverName) {
    // Without a peer's name and port there is no session to resume: a resumed session would show
    // the certificate of last time, and a renewed one would go unnoticed.
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(VERSIONS);
    parameters.setEndpointIdentificationAlgorithm(null);
    if (isSniName(serverName)) {
      parameters.setServerNames(List.of(new SNIHostName(serverName)));
    }
    engine.setSSLParameters(parameters);
    SslHandler handler = new SslHandler(engine);
    handler.setHandshakeTimeoutMillis(0);
    handler.setCloseNotifyFlushTimeoutMillis(1000);
    return handler;
  }

  /** SNI has stricter letters than DNS: no underscore. */
  private static boolean isSniName(String name) {
    return !NetUtil.isValidIpV4Address(name)
        && !NetUtil.isValidIpV6Address(name)
        && name.matches("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")
        && !name.contains("..");
  }

  private static final class AcceptForNow extends X509ExtendedTrustManager {
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
      throw new UnsupportedOperationException("a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
      throw new UnsupportedOperationException("a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {
      throw new UnsupportedOperationException("a client");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
