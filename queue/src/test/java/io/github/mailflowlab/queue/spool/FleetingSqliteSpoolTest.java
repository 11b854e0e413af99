package io.github.mailflowlab.queue.spool;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract for a spool that waits for no disk: only a power cut tells the difference. */
final class FleetingSqliteSpoolTest implements SpoolContract {
  @TempDir Path directory;
  private Spool spool;

  @BeforeEach
  void open() {
    try {
      spool = SqliteSpool.openFleeting(directory);
    } catch (SpoolException e) {
      throw new UncheckedIOException(e);
    }
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
    open();
    return spool;
  }
}
