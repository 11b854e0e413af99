package io.github.mailflowlab.queue.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.mail.MessageContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One bit of the database's file is not what was written, anywhere. SQLite does not notice most of
 * these, so rows may be missing or say something else; a content never does.
 */
final class FlippedBitTest {
  private static final int FLIPS = 200;
  private static final int MESSAGES = 10;
  private static final int SIZE = 100_000;

  @TempDir Path parent;

  @Test
  void aContentIsReadAsItWasWrittenOrNotAtAll() throws IOException {
    byte[] good = database();
    int unread = 0;
    for (int seed = 0; seed < FLIPS; seed++) {
      byte[] bad = good.clone();
      int bit = new Random(seed).nextInt(bad.length * 8);
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      Path directory = Files.createDirectory(parent.resolve("flipped" + seed));
      Files.write(SpoolDirectory.database(directory), bad);
      unread += MESSAGES - readable(directory, "bit " + bit);
    }
    assertThat(unread).as("contents that were damaged").isBetween(FLIPS / 2, FLIPS * 2);
  }

  private byte[] database() throws IOException {
    Path directory = parent.resolve("good");
    try (Spool spool = SqliteSpool.open(directory)) {
      List<Change> changes = new ArrayList<>(List.of(SpoolContract.queue()));
      for (int i = 0; i < MESSAGES; i++) {
        changes.add(
            new Change.StoreMessage(
                SpoolContract.mail("a" + i, SpoolContract.NOW), MessageContent.of(octets(i))));
      }
      spool.commit(changes).toCompletableFuture().join();
    }
    return Files.readAllBytes(SpoolDirectory.database(directory));
  }

  private static byte[] octets(int message) {
    byte[] octets = new byte[SIZE];
    new Random(message).nextBytes(octets);
    return octets;
  }

  /** How many contents are read; each of them must be right. */
  private static int readable(Path directory, String flip) {
    int read = 0;
    try (Spool spool = SqliteSpool.open(directory)) {
      for (int i = 0; i < MESSAGES; i++) {
        Optional<byte[]> octets = read(spool, "a" + i);
        if (octets.isPresent()) {
          assertThat(octets.get()).as(flip).isEqualTo(octets(i));
          read++;
        }
      }
    } catch (IOException | UncheckedIOException e) {
      // It says so, and that is all it can do.
    }
    return read;
  }

  private static Optional<byte[]> read(Spool spool, String id) {
    try {
      Optional<MessageContent> content = spool.content(id);
      if (content.isEmpty()) {
        return Optional.empty();
      }
      try (InputStream in = content.get().open()) {
        return Optional.of(in.readAllBytes());
      }
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }
}
