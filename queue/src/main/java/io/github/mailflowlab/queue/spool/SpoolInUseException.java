package io.github.mailflowlab.queue.spool;

/** Another instance has the spool, and will let go of it when it ends. */
public final class SpoolInUseException extends SpoolException {
  SpoolInUseException(Object spool, Throwable cause) {
    super("spool " + spool + " is in use by another instance", cause);
  }

  SpoolInUseException(Object spool) {
    super("spool " + spool + " is in use by another instance");
  }
}
