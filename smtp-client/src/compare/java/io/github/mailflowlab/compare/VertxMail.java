package io.github.mailflowlab.compare;

import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.StartTLSOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** The Vert.x mail client: its pool keeps the connections, PIPELINING is on. */
final class VertxMail implements Client {
  private final Vertx vertx = Vertx.vertx();
  private final int connections;
  private final MailClient client;
  private final MailMessage message;

  private VertxMail(Work work) {
    connections = work.connections();
    client =
        MailClient.create(
            vertx,
            new MailConfig()
                .setHostname(work.host())
                .setPort(work.port())
                .setOwnHostname(Work.HELO)
                .setStarttls(StartTLSOptions.DISABLED)
                .setMaxPoolSize(connections)
                .setPipelining(true)
                .setKeepAlive(true));
    // With CR in it the text would become quoted-printable.
    message = new MailMessage(Work.FROM, Work.TO, "bench", work.body().replace("\r", ""));
  }

  public static void main(String... arguments) throws Exception {
    Work work = Work.parse(arguments);
    try (VertxMail client = new VertxMail(work)) {
      Comparison.run(work, client);
    }
  }

  @Override
  public void send(int messages, LongConsumer latency) {
    AtomicInteger left = new AtomicInteger(messages);
    CompletableFuture<?>[] ends =
        Stream.generate(() -> new CompletableFuture<Void>())
            .limit(connections)
            .toArray(CompletableFuture<?>[]::new);
    for (CompletableFuture<?> end : ends) {
      next(left, latency, end);
    }
    CompletableFuture.allOf(ends).join();
  }

  private void next(AtomicInteger left, LongConsumer latency, CompletableFuture<?> end) {
    if (left.getAndDecrement() <= 0) {
      end.complete(null);
      return;
    }
    long begin = System.nanoTime();
    client
        .sendMail(message)
        .onComplete(
            result -> {
              latency.accept(System.nanoTime() - begin);
              next(left, latency, end);
            },
            end::completeExceptionally);
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
