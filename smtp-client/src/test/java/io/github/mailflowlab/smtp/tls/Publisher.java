package io.github.mailflowlab.smtp.tls;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A web server on loopback whose every path misbehaves in a way of its own. */
final class Publisher implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger requests = new AtomicInteger();
  private final CountDownLatch hungUp = new CountDownLatch(1);
  private volatile byte[] document = new byte[0];

  Publisher() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    serve("/document", exchange -> send(exchange, 200, document));
    serve("/gone", exchange -> send(exchange, 404, document));
    serve(
        "/moved",
        exchange -> {
          exchange.getResponseHeaders().set("Location", address("/document"));
          send(exchange, 302, document);
        });
    serve("/endless", exchange -> pour(exchange, new byte[64 * 1024]));
    serve("/drip", exchange -> pour(exchange, new byte[1]));
    server.start();
  }

  String address(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** What {@code /document} says from now on. */
  void publish(byte[] octets) {
    document = octets;
  }

  int requests() {
    return requests.get();
  }

  /** Returns once a client has ended a connection on which it was still being told something. */
  void awaitHangUp() throws InterruptedException {
    hungUp.await();
  }

  private interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  private void serve(String path, Answer answer) {
    server.createContext(
        path,
        exchange -> {
          requests.incrementAndGet();
          try (exchange) {
            answer.to(exchange);
          }
        });
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  /** Writes until the client hangs up; small pieces trickle, for each is flushed and waited for. */
  private void pour(HttpExchange exchange, byte[] piece) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      while (!Thread.currentThread().isInterrupted()) {
        out.write(piece);
        out.flush();
        if (piece.length == 1) {
          pause();
        }
      }
    } catch (IOException e) {
      hungUp.countDown();
      throw e;
    }
  }

  private static void pause() {
    LockSupport.parkNanos(10_000_000);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
