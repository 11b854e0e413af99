package io.github.mailflowlab.queue;

import io.github.mailflowlab.mail.MessageContent;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Content that remembers when it could not be read, whatever the reader makes of it. */
final class WatchedContent implements MessageContent {
  private final MessageContent content;
  private volatile @Nullable IOException failure;

  WatchedContent(MessageContent content) {
    this.content = content;
  }

  Optional<IOException> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public long size() {
    return content.size();
  }

  @Override
  public boolean isInMemory() {
    return content.isInMemory();
  }

  @Override
  public InputStream open() throws IOException {
    try {
      return new Watched(content.open());
    } catch (IOException e) {
      throw noted(e);
    }
  }

  private IOException noted(IOException e) {
    failure = e;
    return e;
  }

  private final class Watched extends FilterInputStream {
    Watched(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      try {
        return super.read();
      } catch (IOException e) {
        throw noted(e);
      }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      try {
        return super.read(target, offset, length);
      } catch (IOException e) {
        throw noted(e);
      }
    }
  }
}
