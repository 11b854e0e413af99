package io.github.mailflowlab.queue.spool;

import java.io.Closeable;
import java.io.IOException;

/** Where commits lie until they are forced to stable storage, which they do not wait for. */
interface CommitLog extends Closeable {
  /** Where a commit that has returned is on stable storage, or need not be. */
  CommitLog NONE =
      new CommitLog() {
        @Override
        public void force() {}

        @Override
        public void close() {}
      };

  /**
   * Returns when every commit made before this call is on stable storage. Blocks.
   *
   * @throws IOException when nobody knows which of them are
   */
  void force() throws IOException;
}
