package io.github.mailflowlab.queue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;

/**
 * The header of a mail as text, up to a limit: what comes after is not looked at. Octets that are
 * no UTF-8 become replacement characters. Nothing in it is to be trusted.
 */
record HeaderBlock(String text) {
  private static final int MAX_OCTETS = 64 * 1024;
  private static final int MAX_SUBJECT = 256;
  private static final Pattern MESSAGE_ID = Pattern.compile("<[!-;=?-~]{1,250}>");

  /** Reads the header and leaves the rest of the stream alone. */
  static HeaderBlock read(InputStream in) throws IOException {
    byte[] start = in.readNBytes(MAX_OCTETS);
    String text = new String(start, 0, headerLength(start), StandardCharsets.UTF_8);
    return new HeaderBlock(text);
  }

  private static int headerLength(byte[] octets) {
    byte[] end = {'\r', '\n', '\r', '\n'};
    for (int i = 0; i + end.length <= octets.length; i++) {
      if (Arrays.equals(octets, i, i + end.length, end, 0, end.length)) {
        return i + 2;
      }
    }
    return octets.length;
  }

  /** The subject: unfolded, decoded, without control characters, at most 256 characters. */
  String subject() {
    String decoded = field("Subject").map(HeaderBlock::decoded).orElse("");
    String clean = decoded.replaceAll("[\\p{Cc}\\u2028\\u2029]+", " ").strip();
    int length = clean.codePointCount(0, clean.length());
    return length <= MAX_SUBJECT
        ? clean
        : clean.substring(0, clean.offsetByCodePoints(0, MAX_SUBJECT));
  }

  /**
   * The Message-ID with its angle brackets; empty when there is none, or none that is well formed.
   */
  Optional<String> messageId() {
    return field("Message-ID").filter(value -> MESSAGE_ID.matcher(value).matches());
  }

  /** The first field of this name, unfolded. */
  private Optional<String> field(String name) {
    StringBuilder value = new StringBuilder();
    boolean found = false;
    for (String line : text.split("\n")) {
      boolean continued = line.startsWith(" ") || line.startsWith("\t");
      if (found && !continued) {
        break;
      }
      int colon = line.indexOf(':');
      if (found) {
        value.append(line.stripTrailing());
      } else if (colon > 0 && line.substring(0, colon).strip().equalsIgnoreCase(name)) {
        found = true;
        value.append(line.substring(colon + 1).stripTrailing());
      }
    }
    return found ? Optional.of(value.toString().strip()) : Optional.empty();
  }

  private static String decoded(String value) {
    try {
      return DecoderUtil.decodeEncodedWords(value, DecodeMonitor.SILENT);
    } catch (IllegalArgumentException e) {
      return value;
    }
  }
}
