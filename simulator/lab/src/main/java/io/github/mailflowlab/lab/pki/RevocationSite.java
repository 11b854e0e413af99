package io.github.mailflowlab.lab.pki;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where the lab's intermediate says which of its certificates are revoked: a list at {@code
 * /list/STATE} and a responder at {@code /ocsp/STATE}, over HTTP on loopback. How they lie is in
 * the address, so that each certificate meets its own. Runs on a thread of its own; any thread may
 * call it.
 */
final class RevocationSite implements AutoCloseable {
  private static final int MAX_REQUEST = 10_000;

  /** How what is published deceives. */
  enum State {
    /** Not at all. */
    HONEST,
    /** It ran out yesterday. */
    OUT_OF_DATE,
    /** Somebody else signed it. */
    FORGED,
    /** Nobody listens. */
    DOWN
  }

  private final RevocationPapers papers;
  private final RevocationPapers forgeries;
  private final Set<BigInteger> revoked = ConcurrentHashMap.newKeySet();
  private final HttpServer server;
  private final Socket nobody;

  private RevocationSite(
      RevocationPapers papers, RevocationPapers forgeries, HttpServer server, Socket nobody) {
    this.papers = papers;
    this.forgeries = forgeries;
    this.server = server;
    this.nobody = nobody;
    server.createContext("/list/", this::answerList);
    server.createContext("/ocsp/", this::answerOcsp);
    server.start();
  }

  /**
   * Opens it on a free port.
   *
   * @param issuer for whom it speaks
   * @param forger who signs what is forged, in the issuer's name
   * @throws UncheckedIOException when no port can be had
   */
  static RevocationSite open(Authority issuer, Authority forger, InstantSource clock) {
    try {
      InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      Socket nobody = new Socket();
      nobody.bind(anyPort);
      HttpServer server = HttpServer.create(anyPort, 0);
      Authority impostor = new Authority(issuer.name(), forger.keys(), forger.algorithm());
      return new RevocationSite(
          new RevocationPapers(issuer, clock),
          new RevocationPapers(impostor, clock),
          server,
          nobody);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String list(State state) {
    return address(state) + "/list/" + state;
  }

  String responder(State state) {
    return address(state) + "/ocsp/" + state;
  }

  /** From now on it is revoked. */
  void revoke(X509Certificate certificate) {
    revoked.add(certificate.getSerialNumber());
  }

  private String address(State state) {
    int port = state == State.DOWN ? nobody.getLocalPort() : server.getAddress().getPort();
    return "http://127.0.0.1:" + port;
  }

  private void answerList(HttpExchange exchange) throws IOException {
    State state = state(exchange);
    answer(exchange, "application/pkix-crl", papers(state).list(revoked, dates(state)));
  }

  private void answerOcsp(HttpExchange exchange) throws IOException {
    State state = state(exchange);
    try (InputStream in = exchange.getRequestBody()) {
      byte[] answer = papers(state).answer(in.readNBytes(MAX_REQUEST), revoked, dates(state));
      answer(exchange, "application/ocsp-response", answer);
    }
  }

  private static void answer(HttpExchange exchange, String type, byte[] body) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private RevocationPapers papers(State state) {
    return state == State.FORGED ? forgeries : papers;
  }

  private Validity dates(State state) {
    return state == State.OUT_OF_DATE ? papers.pastDay() : papers.today();
  }

  private static State state(HttpExchange exchange) {
    return State.valueOf(exchange.getRequestURI().getPath().substring("/list/".length()));
  }

  @Override
  public void close() {
    server.stop(0);
    try {
      nobody.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
