package io.github.mailflowlab.lab.smtp;

import io.github.mailflowlab.lab.PathCommand;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * With whom a host deals in a turn, and about what, as far as that has been said.
 *
 * @param client its address
 * @param helo its name, as in EHLO or HELO
 * @param sender the reverse-path, without angle brackets; empty text for the null reverse-path
 * @param recipients at RCPT the one at hand, from then on those accepted
 * @param size of the content in octets: announced by {@code SIZE}, counted at its end
 */
public record Dealing(
    InetAddress client,
    Optional<String> helo,
    Optional<String> sender,
    List<String> recipients,
    OptionalLong size) {
  public Dealing {
    recipients = List.copyOf(recipients);
  }

  Dealing(InetAddress client, Optional<String> helo, MailTransaction.Facts facts) {
    this(
        client,
        helo,
        facts.mail().map(PathCommand::path),
        facts.rcpts().stream().map(PathCommand::path).toList(),
        facts.size());
  }

  /** With somebody who has just connected. */
  public static Dealing with(InetAddress client) {
    return new Dealing(client, Optional.empty(), MailTransaction.Facts.NONE);
  }
}
