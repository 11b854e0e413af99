package io.github.mailflowlab.queue.spool;

import java.io.IOException;

/** The stored octets are not those that were written. Reading again will not help. */
public final class DamagedContentException extends IOException {
  public DamagedContentException(String message) {
    super(message);
  }
}
