package io.github.mailflowlab.intake;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * BDAT, read (RFC 3030 2).
 *
 * @param size of the chunk that follows the command at once
 * @param last whether the message ends with it
 */
record ChunkCommand(long size, boolean last) {
  /** More digits than any message has, and still a long. */
  private static final Pattern FORM = Pattern.compile("([0-9]{1,18})( +LAST)?");

  /** Reads what follows the verb; empty when it does not tell how many octets follow. */
  static Optional<ChunkCommand> parse(String argument) {
    Matcher matcher = FORM.matcher(argument.toUpperCase(Locale.ROOT));
    return matcher.matches()
        ? Optional.of(new ChunkCommand(Long.parseLong(matcher.group(1)), matcher.group(2) != null))
        : Optional.empty();
  }
}
