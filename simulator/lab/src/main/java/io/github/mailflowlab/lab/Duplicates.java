package io.github.mailflowlab.lab;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what was stored twice. Looks when asked, so that a host that is never asked pays nothing.
 */
final class Duplicates {
  private static final Pattern MESSAGE_ID =
      Pattern.compile("(?im)^Message-ID:[ \\t]*(?:\\r\\n[ \\t]+)?(<[^\\r\\n>]{1,900}>)");
  private static final Pattern END_OF_HEADER = Pattern.compile("\\r\\n\\r\\n");

  /** Content that is the same to the last octet; a {@link ByteBuffer} compares so. */
  private record Copy(ByteBuffer content, String recipient) {}

  private Duplicates() {}

  static List<Duplicate> among(List<ReceivedMessage> messages) {
    Map<Copy, List<ReceivedMessage>> copies = new LinkedHashMap<>();
    for (ReceivedMessage message : messages) {
      ByteBuffer content = ByteBuffer.wrap(message.content());
      for (String recipient : message.recipients()) {
        copies
            .computeIfAbsent(new Copy(content, recipient), copy -> new ArrayList<>())
            .add(message);
      }
    }
    List<Duplicate> duplicates = new ArrayList<>();
    copies.forEach(
        (copy, stored) -> {
          if (stored.size() > 1) {
            duplicates.add(
                new Duplicate(
                    messageId(stored.get(0)),
                    copy.recipient(),
                    stored.stream().map(ReceivedMessage::session).toList()));
          }
        });
    return duplicates;
  }

  private static Optional<String> messageId(ReceivedMessage message) {
    String text = new String(message.content(), StandardCharsets.ISO_8859_1);
    String header = END_OF_HEADER.split(text, 2)[0];
    Matcher matcher = MESSAGE_ID.matcher(header);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
