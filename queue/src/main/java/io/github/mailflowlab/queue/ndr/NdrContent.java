package io.github.mailflowlab.queue.ndr;

import io.github.mailflowlab.mail.MessageContent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;

/** An NDR, in ASCII, around its original, which is streamed and never held. */
record NdrContent(String before, MessageContent original, String after) implements MessageContent {
  @Override
  public long size() {
    return before.length() + original.size() + after.length();
  }

  @Override
  public InputStream open() throws IOException {
    return new SequenceInputStream(
        Collections.enumeration(List.of(stream(before), original.open(), stream(after))));
  }

  private static InputStream stream(String ascii) {
    return new ByteArrayInputStream(ascii.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public boolean isInMemory() {
    return original.isInMemory();
  }
}
