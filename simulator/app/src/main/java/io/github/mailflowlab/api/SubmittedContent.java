package io.github.mailflowlab.api;

import io.github.mailflowlab.mail.BodyType;
import java.io.ByteArrayOutputStream;

/**
 * A mail that came as a file rather than by SMTP, made fit for it: line ends become CRLF and the
 * last line gets one; all else stays byte for byte, and what SMTP cannot carry is refused (RFC 5321
 * 2.3.8 and 4.5.3.1.6).
 */
final class SubmittedContent {
  private static final int MAX_LINE = 998;

  private final byte[] octets;
  private final BodyType bodyType;

  private SubmittedContent(byte[] octets, BodyType bodyType) {
    this.octets = octets;
    this.bodyType = bodyType;
  }

  byte[] octets() {
    return octets;
  }

  BodyType bodyType() {
    return bodyType;
  }

  /**
   * Reads a file's octets.
   *
   * @throws BadRequest when they are empty, hold a NUL or a bare CR, or a line is too long
   */
  static SubmittedContent of(byte[] file) {
    if (file.length == 0) {
      throw new BadRequest("The message is empty (expected: header, blank line, body).");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(file.length + 64);
    boolean eightBit = false;
    int line = 1;
    int length = 0;
    for (int i = 0; i < file.length; i++) {
      byte octet = file[i];
      if (octet == '\r' && (i + 1 == file.length || file[i + 1] != '\n')) {
        throw refused("a carriage return without line feed", line);
      }
      if (octet == 0) {
        throw refused("a NUL character", line);
      }
      if (octet == '\r') {
        continue;
      }
      if (octet == '\n') {
        out.write('\r');
        out.write('\n');
        line++;
        length = 0;
        continue;
      }
      if (++length > MAX_LINE) {
        throw refused("more than " + MAX_LINE + " characters", line);
      }
      eightBit |= octet < 0;
      out.write(octet);
    }
    if (length > 0) {
      out.write('\r');
      out.write('\n');
    }
    return new SubmittedContent(
        out.toByteArray(), eightBit ? BodyType.EIGHT_BIT_MIME : BodyType.SEVEN_BIT);
  }

  private static BadRequest refused(String what, int line) {
    return new BadRequest("Line " + line + " has " + what + ", which SMTP cannot carry.");
  }
}
