package io.github.mailflowlab.config;

import java.time.Duration;
import java.util.List;

/**
 * How long the client waits for the peer, stage by stage, on the wall clock. The defaults are those
 * of RFC 5321 4.5.3.2, with our own for the connect (exchange-online-behaviour 6.4).
 *
 * @param connect for TCP to be established
 * @param banner for the greeting
 * @param ehlo for the reply to EHLO or HELO
 * @param starttls for the reply to STARTTLS, and again for the handshake
 * @param mail for the reply to MAIL
 * @param rcpt for the reply to each RCPT
 * @param data for the reply to DATA
 * @param block for the peer to take a block of the content
 * @param finalDot for the reply to the final dot
 */
public record Timeouts(
    Duration connect,
    Duration banner,
    Duration ehlo,
    Duration starttls,
    Duration mail,
    Duration rcpt,
    Duration data,
    Duration block,
    Duration finalDot) {
  public static final Timeouts DEFAULT =
      new Timeouts(
          Duration.ofSeconds(30),
          Duration.ofMinutes(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(2),
          Duration.ofMinutes(3),
          Duration.ofMinutes(10));

  public Timeouts {
    List.of(connect, banner, ehlo, starttls, mail, rcpt, data, block, finalDot)
        .forEach(Timeouts::requirePositive);
  }

  /** One limit for connecting and one for everything after. */
  public static Timeouts of(Duration connect, Duration command) {
    return new Timeouts(
        connect, command, command, command, command, command, command, command, command);
  }

  private static void requirePositive(Duration limit) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("timeout: " + limit + " (expected: positive)");
    }
  }
}
