package io.github.mailflowlab.compare;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;

/**
 * Angus Mail: a thread for each kept connection, and a message parsed beforehand. It knows no
 * PIPELINING.
 */
final class AngusMail implements Client {
  private final List<Transport> connections = new ArrayList<>();
  private final ExecutorService threads;
  private final MimeMessage message;
  private final Address[] recipients = {new InternetAddress(Work.TO)};

  private AngusMail(Work work) throws MessagingException {
    Properties properties = new Properties();
    properties.setProperty("mail.smtp.localhost", Work.HELO);
    properties.setProperty("mail.smtp.from", Work.FROM);
    Session session = Session.getInstance(properties);
    byte[] mail = (Work.header() + work.body()).getBytes(StandardCharsets.US_ASCII);
    this.message = new MimeMessage(session, new ByteArrayInputStream(mail));
    this.threads = Executors.newFixedThreadPool(work.connections());
    for (int i = 0; i < work.connections(); i++) {
      Transport connection = session.getTransport("smtp");
      connection.connect(work.host(), work.port(), null, null);
      connections.add(connection);
    }
  }

  public static void main(String... arguments) throws Exception {
    Work work = Work.parse(arguments);
    try (AngusMail client = new AngusMail(work)) {
      Comparison.run(work, client);
    }
  }

  @Override
  public void send(int messages, LongConsumer latency) throws Exception {
    AtomicInteger left = new AtomicInteger(messages);
    List<Callable<Void>> loops = new ArrayList<>();
    for (Transport connection : connections) {
      loops.add(
          () -> {
            while (left.getAndDecrement() > 0) {
              long begin = System.nanoTime();
              connection.sendMessage(message, recipients);
              latency.accept(System.nanoTime() - begin);
            }
            return null;
          });
    }
    for (Future<Void> loop : threads.invokeAll(loops)) {
      loop.get();
    }
  }

  @Override
  public void close() {
    threads.shutdown();
    for (Transport connection : connections) {
      try {
        connection.close();
      } catch (MessagingException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
