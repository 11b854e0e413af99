package io.github.mailflowlab.queue.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mailflowlab.mail.MessageContent;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract, and what is special about files: locks, versions, damage, group commit. */
final class SqliteSpoolTest implements SpoolContract {
  @TempDir Path parent;
  private Path directory;
  private Spool spool;

  @BeforeEach
  void open() {
    directory = parent.resolve("data").resolve("spool");
    spool = open(directory);
  }

  @AfterEach
  void close() {
    spool.close();
  }

  @Override
  public Spool spool() {
    return spool;
  }

  @Override
  public Spool reopen() {
    spool.close();
    spool = open(directory);
    return spool;
  }

  @Test
  void createsFilesForTheirOwnerAlone() throws IOException {
    store("a1", NOW);
    assertThat(permissions(directory)).isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.toList())
          .hasSizeGreaterThanOrEqualTo(3)
          .allSatisfy(file -> assertThat(permissions(file)).isEqualTo("rw-------"));
    }
  }

  @Test
  void refusesASecondInstance() {
    assertThatThrownBy(() -> SqliteSpool.open(directory))
        .isInstanceOf(SpoolInUseException.class)
        .hasMessage("spool " + directory + " is in use by another instance");
    store("a1", NOW);
  }

  @Test
  void refusesAPlaceThatIsNoDirectory() throws IOException {
    Path file = Files.createFile(parent.resolve("file"));
    assertThatThrownBy(() -> SqliteSpool.open(file))
        .isInstanceOf(SpoolException.class)
        .hasMessage("spool " + file + " is not a directory");
    Path below = file.resolve("spool");
    assertThatThrownBy(() -> SqliteSpool.open(below))
        .isInstanceOf(SpoolException.class)
        .hasMessage("spool " + below + " is not writable: " + file + " is not a directory");
  }

  @Test
  void saysInPlainWordsWhyADiskRefuses() {
    assertThat(words(new AccessDeniedException("/x"))).isEqualTo("permission denied");
    assertThat(words(new NoSuchFileException("/x"))).isEqualTo("no such file or directory");
    assertThat(words(new FileAlreadyExistsException("/x"))).isEqualTo("/x is not a directory");
    assertThat(words(new FileSystemException("/x", null, "Read-only file system")))
        .isEqualTo("read-only file system");
    assertThat(words(new FileSystemException("/x", null, null))).isEqualTo("the disk refused it");
    assertThat(words(new IOException("spool.db is read-only"))).isEqualTo("spool.db is read-only");
  }

  @Test
  void refusesANewerVersionAndTouchesNothing() throws IOException, SQLException {
    spool.close();
    int newer = Schema.VERSION + 1;
    sql("PRAGMA user_version = " + newer);
    byte[] before = Files.readAllBytes(database());
    assertThatThrownBy(() -> SqliteSpool.open(directory))
        .isInstanceOf(SpoolException.class)
        .hasMessageEndingWith(
            "is of the newer version "
                + newer
                + ", this program reads "
                + Schema.VERSION
                + "; nothing was changed");
    assertThat(Files.readAllBytes(database())).isEqualTo(before);
    assertThat(directory.resolve("spool.db-wal")).doesNotExist();
  }

  @Test
  void leavesNoLockBesideADatabaseThatItRefuses() throws IOException {
    assertTouchesNothingWhenItRefuses("This is not a database. ".repeat(100));
  }

  @Test
  void leavesNoLockBesideADatabaseThatTurnsOutToBeDamagedWhenOpened() throws IOException {
    assertTouchesNothingWhenItRefuses(
        "SQLite format 3\0" + "\0".repeat(100) + "garbage ".repeat(100));
  }

  private void assertTouchesNothingWhenItRefuses(String database) throws IOException {
    Path foreign = Files.createDirectory(parent.resolve("foreign"));
    Path file = Files.writeString(foreign.resolve("spool.db"), database);
    assertThatThrownBy(() -> SqliteSpool.open(foreign)).isInstanceOf(SpoolException.class);
    assertThat(file).hasContent(database);
    try (Stream<Path> files = Files.list(foreign)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void refusesWhatIsNoDatabase() throws IOException {
    spool.close();
    Files.writeString(database(), "This is not a database. ".repeat(100));
    assertThatThrownBy(() -> SqliteSpool.open(directory))
        .isInstanceOf(SpoolException.class)
        .hasMessageEndingWith("is damaged: it is not a SQLite database");
  }

  @Test
  void canBeOpenedAgainAfterARefusal() throws IOException {
    spool.close();
    byte[] good = Files.readAllBytes(database());
    Files.writeString(database(), "no");
    assertThatThrownBy(() -> SqliteSpool.open(directory)).isInstanceOf(SpoolException.class);
    Files.write(database(), good);
    spool = open(directory);
    store("a1", NOW);
  }

  @Test
  void noticesAFlippedBitInAContent() throws SQLException {
    commit(SpoolContract.queue(), storing("a1", new byte[200_000]));
    spool.close();
    sql(
        "UPDATE chunk SET octets = substr(octets, 1, 1000) || x'01' || substr(octets, 1002)"
            + " WHERE number = 1");
    spool = open(directory);
    assertThatThrownBy(() -> read("a1"))
        .isInstanceOf(DamagedContentException.class)
        .hasMessage("the stored content of a1 is damaged");
  }

  @Test
  void noticesAMissingPieceOfAContent() throws SQLException {
    commit(SpoolContract.queue(), storing("a1", new byte[200_000]));
    spool.close();
    sql("DELETE FROM chunk WHERE number = 3");
    spool = open(directory);
    assertThatThrownBy(() -> read("a1")).isInstanceOf(DamagedContentException.class);
  }

  @Test
  void readsNothingOnceClosed() {
    spool.close();
    assertThatThrownBy(() -> spool.queues()).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void commitsTogetherWhatWaitsTogether() {
    commit(SpoolContract.queue());
    HeldContent held = new HeldContent();
    CompletableFuture<Void> first = start(storing("a0", held));
    held.awaitReading();
    // While the first is being written all others have to wait, so they make one batch; and as one
    // of them cannot be stored, that none of them is shows the batch.
    List<CompletableFuture<Void>> batch = new ArrayList<>();
    for (int i = 1; i <= 100; i++) {
      batch.add(start(storing("a" + i, new byte[10])));
    }
    batch.add(start(storing("a0", new byte[10])));
    held.release();
    first.join();
    assertThat(batch).allSatisfy(one -> assertThat(one).failsWithin(Duration.ofSeconds(10)));
    assertThat(spool.totals(1, NOW).messages()).isEqualTo(1);
    assertThat(reopen().due(1, NOW, NOW, 10)).containsExactly("a0");
  }

  @Test
  void finishesWhatWasHandedInBeforeItCloses() {
    commit(SpoolContract.queue());
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      all.add(start(storing("a" + i, new byte[10])));
    }
    reopen();
    all.forEach(CompletableFuture::join);
    assertThat(spool.totals(1, NOW).messages()).isEqualTo(2000);
  }

  private CompletableFuture<Void> start(Change change) {
    return spool.commit(List.of(change)).toCompletableFuture();
  }

  private static Change storing(String id, byte[] octets) {
    return storing(id, MessageContent.of(octets));
  }

  private static Change storing(String id, MessageContent content) {
    return new Change.StoreMessage(SpoolContract.mail(id, NOW), content);
  }

  private void read(String id) throws IOException {
    try (InputStream in = spool.content(id).orElseThrow().open()) {
      in.readAllBytes();
    }
  }

  private Path database() {
    return directory.resolve("spool.db");
  }

  private void sql(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("PRAGMA journal_mode = DELETE");
      statement.executeUpdate(sql);
    }
  }

  private static Spool open(Path directory) {
    try {
      return SqliteSpool.open(directory);
    } catch (SpoolException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String words(IOException trouble) {
    return DiskTrouble.inWords(trouble);
  }

  private static String permissions(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Content that keeps the writer waiting. */
  private static final class HeldContent implements MessageContent {
    private final CountDownLatch reading = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    void awaitReading() {
      await(reading);
    }

    void release() {
      released.countDown();
    }

    @Override
    public long size() {
      return 1;
    }

    @Override
    public InputStream open() {
      return new FilterInputStream(new ByteArrayInputStream(new byte[1])) {
        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
          reading.countDown();
          await(released);
          return super.read(target, offset, length);
        }
      };
    }

    private static void await(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
