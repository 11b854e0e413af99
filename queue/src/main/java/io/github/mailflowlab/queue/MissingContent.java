package io.github.mailflowlab.queue;

import io.github.mailflowlab.mail.MessageContent;
import io.github.mailflowlab.queue.spool.DamagedContentException;
import java.io.IOException;
import java.io.InputStream;

/** Stands for a content that the spool has lost. */
record MissingContent(String message, long size) implements MessageContent {
  @Override
  public InputStream open() throws IOException {
    throw new DamagedContentException("the stored content of " + message + " is missing");
  }
}
