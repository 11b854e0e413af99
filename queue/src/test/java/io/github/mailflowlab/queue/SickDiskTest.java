package io.github.mailflowlab.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.event.TraceEvent;
import io.github.mailflowlab.queue.spool.Spool;
import io.github.mailflowlab.queue.spool.SpoolException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens while the disk takes nothing, and after. */
final class SickDiskTest {
  @TempDir Path directory;
  private Lab lab;
  private volatile boolean sick;

  @BeforeEach
  void start() {
    lab =
        new Lab(
            sometimesSick(Lab.open(directory)),
            Lab.START,
            Lab.connector(Lab.CONNECTOR, true, "contoso.example"));
    lab.queue.start();
  }

  @AfterEach
  void close() {
    sick = false;
    lab.close();
  }

  @Test
  void refusesMailAndTakesItAgainByItself() {
    sick = true;
    assertThat(
            lab.submit(
                    Lab.envelope("alice@contoso.example", "bob@contoso.example"), Lab.mail("Hello"))
                .reply()
                .toString())
        .startsWith("452 4.3.1 ");
    assertThat(lab.transport.made()).isEmpty();
    sick = false;
    assertThat(lab.message(lab.submit("bob@contoso.example")).status())
        .isEqualTo(MessageStatus.DELIVERED);
    assertThat(lab.writable).as("no outcome was at stake").isEmpty();
  }

  @Test
  void neverSendsAgainWhatCouldNotBeRecordedAsDelivered() {
    lab.transport.hangs();
    String id =
        lab.queue
            .submit(Lab.envelope("alice@contoso.example", "bob@contoso.example"), Lab.mail("Hello"))
            .toCompletableFuture()
            .join()
            .id()
            .orElseThrow();
    sick = true;
    FakeTransport.Made attempt = lab.transport.made().get(0);
    attempt.outcome().complete(FakeTransport.delivered(attempt.request()));
    lab.advance(Duration.ofHours(2));
    assertThat(lab.message(id).status()).isEqualTo(MessageStatus.PENDING);
    assertThat(lab.events).noneMatch(event -> event.trace().kind() == TraceEvent.Kind.SEND);
    assertThat(lab.writable).containsExactly(false);
    sick = false;
    lab.advance(Duration.ofMinutes(1));
    assertThat(lab.message(id).status()).isEqualTo(MessageStatus.DELIVERED);
    assertThat(lab.transport.made()).hasSize(1);
    assertThat(lab.writable).containsExactly(false, true);
  }

  @Test
  void goesOnReadingAfterTheDiskCouldNotBeRead() {
    lab.transport.refusesConnections();
    String id = lab.submit("bob@contoso.example");
    lab.transport.delivers();
    sick = true;
    lab.advance(Duration.ofMinutes(5));
    sick = false;
    lab.advance(Duration.ofMinutes(1));
    assertThat(lab.message(id).status()).isEqualTo(MessageStatus.DELIVERED);
    assertThat(lab.queue.messages(MessageFilter.ALL, 1, Optional.empty()).items()).hasSize(1);
  }

  /** A spool that, while sick, commits nothing and tells nothing of what is due. */
  private Spool sometimesSick(Spool healthy) {
    return (Spool)
        Proxy.newProxyInstance(
            Spool.class.getClassLoader(),
            new Class<?>[] {Spool.class},
            (proxy, method, arguments) -> {
              if (sick && method.getName().equals("commit")) {
                return CompletableFuture.failedFuture(new SpoolException("sick"));
              }
              if (sick && method.getName().equals("due")) {
                throw new UncheckedIOException(new SpoolException("sick"));
              }
              return invoke(healthy, method, arguments);
            });
  }

  private static @Nullable Object invoke(
      Spool healthy, Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(healthy, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
