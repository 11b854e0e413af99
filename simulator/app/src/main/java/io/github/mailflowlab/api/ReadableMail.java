package io.github.mailflowlab.api;

import io.github.mailflowlab.mail.MessageContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.jspecify.annotations.Nullable;

/** The first plain text of a mail, decoded, for people. */
final class ReadableMail {
  private static final int MAX_OCTETS = 1 << 20;

  private ReadableMail() {}

  /** The text; of a mail without plain text, or that is no MIME, an empty one. Bounded. */
  static String text(MessageContent content) throws IOException {
    MimeTokenStream tokens = new MimeTokenStream(MimeConfig.PERMISSIVE);
    try (InputStream in = content.open()) {
      tokens.parse(in);
      for (EntityState state = tokens.getState();
          state != EntityState.T_END_OF_STREAM;
          state = tokens.next()) {
        if (state == EntityState.T_BODY
            && tokens.getBodyDescriptor().getMimeType().equals("text/plain")) {
          byte[] octets = tokens.getDecodedInputStream().readNBytes(MAX_OCTETS);
          return new String(octets, charset(tokens.getBodyDescriptor().getCharset()));
        }
      }
      return "";
    } catch (MimeException e) {
      return "";
    }
  }

  private static Charset charset(@Nullable String name) {
    try {
      return name == null ? StandardCharsets.US_ASCII : Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return StandardCharsets.ISO_8859_1;
    }
  }
}
