package io.github.mailflowlab.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.mail.BodyType;
import io.github.mailflowlab.mail.MessageContent;
import io.github.mailflowlab.mail.ReversePath;
import io.github.mailflowlab.queue.spool.RecipientState;
import io.github.mailflowlab.queue.spool.SpooledMail;
import io.github.mailflowlab.queue.spool.SpooledMessage;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FreshMailTest {
  private static final long QUEUE = 1;
  private static final long OTHER = 2;
  private static final int MEGABYTE = 1 << 20;

  private final FreshMail fresh = new FreshMail();

  @Test
  void handsAMessageOutOnce() {
    FreshMail.Stored stored = stored("a", MessageContent.of(new byte[10]));
    fresh.add(QUEUE, stored);

    assertThat(fresh.take(QUEUE, "a")).contains(stored);
    assertThat(fresh.take(QUEUE, "a")).isEmpty();
  }

  @Test
  void knowsAMessageInItsOwnQueueOnly() {
    add(QUEUE, "a", 10);

    assertThat(fresh.take(OTHER, "a")).isEmpty();
  }

  @Test
  void forgetsWhatWasWrittenAbout() {
    add(QUEUE, "a", 10);
    add(QUEUE, "b", 10);

    fresh.forget("a");

    assertThat(fresh.take(QUEUE, "a")).isEmpty();
    assertThat(fresh.take(QUEUE, "b")).isPresent();
  }

  @Test
  void forgetsAQueueThatStopsSending() {
    add(QUEUE, "a", 10);
    add(OTHER, "b", 10);

    fresh.forget(QUEUE);

    assertThat(fresh.take(QUEUE, "a")).isEmpty();
    assertThat(fresh.take(OTHER, "b")).isPresent();
  }

  @Test
  void remembersNoMoreThanItHasRoomFor() {
    for (int i = 0; i < 20; i++) {
      add(QUEUE, "m" + i, MEGABYTE);
    }

    assertThat(fresh.take(QUEUE, "m14")).isPresent();
    assertThat(fresh.take(QUEUE, "m15")).isEmpty();
  }

  @Test
  void hasRoomAgainForEachThatLeft() {
    for (int i = 0; i < 15; i++) {
      add(i % 3, "m" + i, MEGABYTE);
    }
    assertThat(fresh.take(0, "m0")).isPresent();
    fresh.forget("m1");
    fresh.forget(2);

    for (int i = 0; i < 7; i++) {
      add(QUEUE, "n" + i, MEGABYTE);
    }

    assertThat(fresh.take(QUEUE, "n6")).isPresent();
  }

  @Test
  void leavesContentThatIsOnADiskThere() {
    MessageContent onDisk =
        new MessageContent() {
          @Override
          public long size() {
            return 1;
          }

          @Override
          public InputStream open() {
            return InputStream.nullInputStream();
          }
        };
    fresh.add(QUEUE, stored("a", onDisk));

    assertThat(fresh.take(QUEUE, "a").orElseThrow().content()).isEmpty();
  }

  private void add(long queue, String id, int size) {
    fresh.add(queue, stored(id, MessageContent.of(new byte[size])));
  }

  private static FreshMail.Stored stored(String id, MessageContent content) {
    SpooledMessage message =
        new SpooledMessage(
            id,
            "<" + id + "@contoso.example>",
            ReversePath.NULL,
            BodyType.SEVEN_BIT,
            false,
            Optional.empty(),
            Optional.empty(),
            "",
            content.size(),
            Instant.EPOCH,
            Instant.EPOCH.plusSeconds(1),
            RecipientState.PENDING);
    return new FreshMail.Stored(
        new SpooledMail(message, List.of(), List.of()), Optional.of(content));
  }
}
