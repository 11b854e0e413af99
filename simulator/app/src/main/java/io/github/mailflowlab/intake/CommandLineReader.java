package io.github.mailflowlab.intake;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Cuts octets into command lines, which end at CRLF and nowhere else. Bounded: of an endless line
 * only the beginning is kept. For one thread.
 */
final class CommandLineReader {
  /** With CRLF: 512 of RFC 5321 4.5.3.1.4, and what each extension adds; ORCPT alone has 500. */
  static final int MAX_LINE = 2048;

  private final byte[] line = new byte[MAX_LINE];
  private int length;
  private boolean afterCr;
  private boolean tooLong;
  private boolean badOctet;

  /** The next line; empty when the octets end before it does. Octets behind it stay unread. */
  Optional<CommandLine> next(ByteBuffer octets) {
    while (octets.hasRemaining()) {
      byte octet = octets.get();
      if (octet == '\n') {
        return Optional.of(end());
      }
      badOctet |= afterCr || octet == 0;
      afterCr = octet == '\r';
      keep(octet);
    }
    return Optional.empty();
  }

  private void keep(byte octet) {
    // One place is left for the LF.
    if (length < MAX_LINE - 1) {
      line[length++] = octet;
    } else {
      tooLong = true;
    }
  }

  private CommandLine end() {
    CommandLine ended = ended();
    length = 0;
    afterCr = false;
    tooLong = false;
    badOctet = false;
    return ended;
  }

  private CommandLine ended() {
    if (!afterCr) {
      return new CommandLine.BareLf();
    }
    if (badOctet) {
      return new CommandLine.BadOctet();
    }
    if (tooLong) {
      return new CommandLine.TooLong();
    }
    try {
      // A new decoder reports what is malformed instead of replacing it.
      ByteBuffer octets = ByteBuffer.wrap(line, 0, length - 1);
      return new CommandLine.Text(StandardCharsets.UTF_8.newDecoder().decode(octets).toString());
    } catch (CharacterCodingException e) {
      return new CommandLine.NotUtf8();
    }
  }
}
