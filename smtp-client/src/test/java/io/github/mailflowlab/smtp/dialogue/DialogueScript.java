package io.github.mailflowlab.smtp.dialogue;

import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.mail.BodyType;
import io.github.mailflowlab.mail.Mailbox;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A dialogue as a file: {@code S:} what the server says, {@code !} what else happens, {@code C:}
 * what the dialogue is to do then, {@code =} the outcome it is to have.
 */
record DialogueScript(
    TlsSettings settings,
    BodyType bodyType,
    Set<String> flags,
    List<Mailbox> recipients,
    List<String> lines) {
  /** Switched on by a line such as {@code keep: yes}. */
  private static final List<String> FLAGS = List.of("keep: yes", "dsn: yes", "utf8: yes");

  boolean has(String flag) {
    return flags.contains(flag + ": yes");
  }

  static DialogueScript read(String name) {
    TlsSettings settings = TlsSettings.OPPORTUNISTIC;
    BodyType bodyType = BodyType.SEVEN_BIT;
    Set<String> flags = new HashSet<>();
    List<Mailbox> recipients = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (String line : text(name).lines().filter(one -> !one.startsWith("#")).toList()) {
      if (line.startsWith("settings: ")) {
        settings = TlsSettings.valueOf(line.substring(10));
      } else if (line.startsWith("body: ")) {
        bodyType = BodyType.valueOf(line.substring(6));
      } else if (FLAGS.contains(line)) {
        flags.add(line);
      } else if (line.startsWith("mail: ")) {
        Stream.of(line.substring(6).split(" ")).map(Mailbox::of).forEach(recipients::add);
      } else {
        lines.add(line);
      }
    }
    return new DialogueScript(settings, bodyType, flags, recipients, lines);
  }

  private static String text(String name) {
    try (InputStream in =
        Objects.requireNonNull(DialogueScript.class.getResourceAsStream(name + ".txt"), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
