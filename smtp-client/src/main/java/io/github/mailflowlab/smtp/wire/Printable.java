package io.github.mailflowlab.smtp.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Makes a peer's octets fit to be shown: UTF-8 stays readable, whatever could steer a terminal or
 * break a line becomes {@code \xNN}. Nothing is dropped.
 */
public final class Printable {
  private Printable() {}

  /** The octets as text; those that are no UTF-8, or no printable character, as {@code \xNN}. */
  public static String of(byte[] octets, int offset, int length) {
    return isPlain(octets, offset, length)
        ? new String(octets, offset, length, StandardCharsets.US_ASCII)
        : escaped(octets, offset, length);
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  /** Whether there is nothing to escape, as in nearly all of what is ever shown. */
  private static boolean isPlain(byte[] octets, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (octets[i] < ' ' || octets[i] > '~') {
        return false;
      }
    }
    return true;
  }

  private static String escaped(byte[] octets, int offset, int length) {
    StringBuilder text = new StringBuilder(length);
    int end = offset + length;
    for (int i = offset; i < end; ) {
      int width = Math.min(sequenceLength(octets[i]), end - i);
      String character = decoded(octets, i, width);
      if (isPrintable(character)) {
        text.append(character);
        i += width;
      } else {
        text.append(String.format(Locale.ROOT, "\\x%02X", octets[i] & 0xff));
        i++;
      }
    }
    return text.toString();
  }

  /** The same for text that was decoded by somebody else, cut to a length. */
  public static String of(String text, int maxLength) {
    if (text.length() <= maxLength && isPlain(text)) {
      return text;
    }
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    String printable = of(octets, 0, octets.length);
    return printable.length() <= maxLength ? printable : printable.substring(0, maxLength) + "...";
  }

  private static int sequenceLength(byte lead) {
    int value = lead & 0xff;
    if (value < 0xc0) {
      return 1;
    }
    return value < 0xe0 ? 2 : value < 0xf0 ? 3 : 4;
  }

  /** Empty when the octets are no UTF-8. */
  private static String decoded(byte[] octets, int offset, int length) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(octets, offset, length);
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      return "";
    }
  }

  private static boolean isPrintable(String character) {
    if (character.isEmpty()) {
      return false;
    }
    return switch (Character.getType(character.codePointAt(0))) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
