package io.github.mailflowlab.queue.ndr;

import io.github.mailflowlab.mail.MessageContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Collections;
import java.util.List;

/** An NDR around its original, which is streamed and never held. */
record NdrContent(MessageContent before, MessageContent original, MessageContent after)
    implements MessageContent {
  @Override
  public long size() {
    return before.size() + original.size() + after.size();
  }

  @Override
  public InputStream open() throws IOException {
    return new SequenceInputStream(
        Collections.enumeration(List.of(before.open(), original.open(), after.open())));
  }

  @Override
  public boolean isInMemory() {
    return original.isInMemory();
  }
}
