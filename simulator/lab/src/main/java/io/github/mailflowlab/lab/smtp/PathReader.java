package io.github.mailflowlab.lab.smtp;

import io.github.mailflowlab.lab.PathCommand;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code MAIL FROM:<path> parameters} and {@code RCPT TO:<path> parameters}. */
final class PathReader {
  private static final String PATH = "<((?:[^\">]++|\"(?:[^\"\\\\]++|\\\\.)*+\")*+)>(?: +(.*))?";

  /** RFC 5321 4.1.2; what is allowed in a value beyond ASCII is RFC 6531's. */
  private static final Pattern PARAMETER =
      Pattern.compile("([A-Za-z0-9][A-Za-z0-9-]*)(?:=([!-<>-~\\x80-\\xff]+))?");

  static final PathReader MAIL = new PathReader("MAIL FROM:");
  static final PathReader RCPT = new PathReader("RCPT TO:");

  private final Pattern form;

  private PathReader(String prefix) {
    this.form = Pattern.compile("(?i)" + prefix + PATH);
  }

  /** Empty when the line has not that form, or is no UTF-8, or names a parameter twice. */
  Optional<PathCommand> read(String line) {
    Matcher matcher = form.matcher(line);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String tail = Optional.ofNullable(matcher.group(2)).orElse("");
    return utf8(matcher.group(1))
        .flatMap(path -> parameters(tail).map(found -> new PathCommand(line, path, found)));
  }

  private static Optional<Map<String, String>> parameters(String tail) {
    Map<String, String> parameters = new HashMap<>();
    for (String word : tail.strip().split(" +", -1)) {
      Matcher matcher = PARAMETER.matcher(word);
      if (!word.isEmpty() && !matcher.matches()) {
        return Optional.empty();
      }
      if (!word.isEmpty()) {
        String value = Optional.ofNullable(matcher.group(2)).orElse("");
        if (parameters.put(matcher.group(1).toUpperCase(Locale.ROOT), value) != null) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(parameters);
  }

  private static Optional<String> utf8(String bytes) {
    try {
      ByteBuffer octets = ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1));
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(octets).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
