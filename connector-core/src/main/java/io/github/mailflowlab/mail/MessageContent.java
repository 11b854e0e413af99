package io.github.mailflowlab.mail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * What stands inside DATA: header and body as octets with CRLF line ends, not dot-stuffed, without
 * the final dot. Immutable; may be opened by any thread, and more than once.
 */
public interface MessageContent {
  /** Length in octets. */
  long size();

  /**
   * A new stream over the octets. Reading may block on a disk, so never on an event loop unless
   * {@link #isInMemory()}.
   *
   * @throws IOException if the stored octets cannot be read, or are damaged
   */
  InputStream open() throws IOException;

  /** Whether reading never blocks. */
  default boolean isInMemory() {
    return false;
  }

  /** Content held in memory; the array is the caller's promise not to change it. */
  static MessageContent of(byte[] octets) {
    return new MessageContent() {
      @Override
      public long size() {
        return octets.length;
      }

      @Override
      public InputStream open() {
        return new ByteArrayInputStream(octets);
      }

      @Override
      public boolean isInMemory() {
        return true;
      }
    };
  }
}
