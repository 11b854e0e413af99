package io.github.mailflowlab.compare;

import com.hubspot.smtp.client.SmtpClientResponse;
import com.hubspot.smtp.client.SmtpSession;
import com.hubspot.smtp.client.SmtpSessionConfig;
import com.hubspot.smtp.client.SmtpSessionFactory;
import com.hubspot.smtp.client.SmtpSessionFactoryConfig;
import com.hubspot.smtp.messages.MessageContent;
import com.hubspot.smtp.messages.MessageContentEncoding;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.codec.smtp.DefaultSmtpRequest;
import io.netty.handler.codec.smtp.SmtpCommand;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;

/**
 * HubSpot's NioSmtpClient: its own choice of extensions, callbacks on the event loop, and as many
 * event loops as our client has.
 */
final class NioSmtp implements Client {
  private static final int LOOPS = 2;

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(LOOPS, NioIoHandler.newFactory());
  private final List<SmtpSession> sessions = new ArrayList<>();
  private final ByteBuf mail;

  private NioSmtp(Work work) {
    byte[] octets = (Work.header() + work.body()).getBytes(StandardCharsets.US_ASCII);
    mail = Unpooled.unreleasableBuffer(Unpooled.directBuffer(octets.length).writeBytes(octets));
    SmtpSessionFactory factory =
        new SmtpSessionFactory(
            SmtpSessionFactoryConfig.builder()
                .eventLoopGroup(loops)
                .executor(SmtpSessionFactoryConfig.DIRECT_EXECUTOR)
                .build());
    SmtpSessionConfig config = SmtpSessionConfig.forRemoteAddress(work.host(), work.port());
    for (int i = 0; i < work.connections(); i++) {
      SmtpSession session = factory.connect(config).join().getSession();
      session.send(new DefaultSmtpRequest(SmtpCommand.EHLO, Work.HELO)).join();
      sessions.add(session);
    }
  }

  public static void main(String... arguments) throws Exception {
    Work work = Work.parse(arguments);
    try (NioSmtp client = new NioSmtp(work)) {
      Comparison.run(work, client);
    }
  }

  @Override
  public void send(int messages, LongConsumer latency) {
    AtomicInteger left = new AtomicInteger(messages);
    CompletableFuture<?>[] ends =
        sessions.stream()
            .map(
                session -> {
                  CompletableFuture<Void> end = new CompletableFuture<>();
                  next(session, left, latency, end);
                  return end;
                })
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(ends).join();
  }

  private void next(
      SmtpSession session, AtomicInteger left, LongConsumer latency, CompletableFuture<Void> end) {
    if (left.getAndDecrement() <= 0) {
      end.complete(null);
      return;
    }
    long begin = System.nanoTime();
    MessageContent content = MessageContent.of(mail.duplicate(), MessageContentEncoding.SEVEN_BIT);
    var unused =
        session
            .send("<" + Work.FROM + ">", "<" + Work.TO + ">", content)
            .whenComplete(
                (response, failure) -> {
                  if (failure != null || response.containsError()) {
                    end.completeExceptionally(
                        failure == null ? new IllegalStateException(text(response)) : failure);
                    return;
                  }
                  latency.accept(System.nanoTime() - begin);
                  next(session, left, latency, end);
                });
  }

  private static String text(SmtpClientResponse response) {
    return String.valueOf(response.getResponses());
  }

  @Override
  public void close() {
    sessions.forEach(session -> session.close().join());
    loops.shutdownGracefully().syncUninterruptibly();
  }
}
