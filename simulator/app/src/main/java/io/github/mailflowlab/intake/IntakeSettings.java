package io.github.mailflowlab.intake;

import io.github.mailflowlab.mail.Mailbox;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Where the intake listens, and its limits.
 *
 * @param listen a resolved address; port 0 for any free port
 * @param hostName our name in the greeting and in {@code Received}
 * @param postmaster who gets mail for {@code <postmaster>} (RFC 5321 4.5.1)
 * @param maxMessageSize in octets, as counted by RFC 1870
 * @param maxRecipients in one transaction
 * @param maxConnections at one time
 * @param idle how long a client may be silent, on the wall clock
 */
public record IntakeSettings(
    InetSocketAddress listen,
    String hostName,
    Mailbox postmaster,
    long maxMessageSize,
    int maxRecipients,
    int maxConnections,
    Duration idle) {
  /** Exchange Online's default of 35 MB. */
  public static final long DEFAULT_MESSAGE_SIZE = 36_700_160;

  public static final int DEFAULT_RECIPIENTS = 1000;
  public static final int DEFAULT_CONNECTIONS = 200;

  /** RFC 5321 4.5.3.2.7. */
  public static final Duration DEFAULT_IDLE = Duration.ofMinutes(5);

  public IntakeSettings {
    if (listen.isUnresolved()) {
      throw new IllegalArgumentException("listen: " + listen + " (expected: an address)");
    }
    if (!hostName.matches("[A-Za-z0-9._-]{1,255}")) {
      throw new IllegalArgumentException("hostName: " + hostName + " (expected: a host name)");
    }
    requirePositive("maxMessageSize", maxMessageSize);
    requirePositive("maxRecipients", maxRecipients);
    requirePositive("maxConnections", maxConnections);
    if (idle.isNegative() || idle.isZero()) {
      throw new IllegalArgumentException("idle: " + idle + " (expected: positive)");
    }
  }

  /** The defaults for an address, a name and a postmaster. */
  public static IntakeSettings of(InetSocketAddress listen, String hostName, Mailbox postmaster) {
    return new IntakeSettings(
        listen,
        hostName,
        postmaster,
        DEFAULT_MESSAGE_SIZE,
        DEFAULT_RECIPIENTS,
        DEFAULT_CONNECTIONS,
        DEFAULT_IDLE);
  }

  private static void requirePositive(String name, long limit) {
    if (limit < 1) {
      throw new IllegalArgumentException(name + ": " + limit + " (expected: positive)");
    }
  }
}
