package io.github.mailflowlab.intake;

import io.github.mailflowlab.mail.DomainName;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The trace line that the intake prepends (RFC 5321 4.4), folded.
 *
 * @param client the name given in EHLO or HELO
 * @param extended whether it was EHLO
 * @param peer where the connection came from
 */
record ReceivedHeader(DomainName client, boolean extended, InetAddress peer) {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /**
   * The line.
   *
   * @param utf8 whether the message was declared to be internationalized
   */
  byte[] octets(String hostName, Instant now, boolean utf8) {
    // RFC 6531 3.7.3.
    String protocol = utf8 ? "UTF8SMTP" : extended ? "ESMTP" : "SMTP";
    return String.join(
            "\r\n",
            "Received: from " + client + " (" + literal() + ")",
            " by " + hostName + " with " + protocol + ";",
            " " + DATE.format(now),
            "")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** RFC 5321 4.1.3. */
  private String literal() {
    String text = peer.getHostAddress();
    int zone = text.indexOf('%');
    String ip = zone < 0 ? text : text.substring(0, zone);
    return ip.contains(":") ? "[IPv6:" + ip + "]" : "[" + ip + "]";
  }
}
