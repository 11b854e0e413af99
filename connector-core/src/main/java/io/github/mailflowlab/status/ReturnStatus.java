package io.github.mailflowlab.status;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * Why a message goes back to its sender, where that is no condition of the connector ({@link
 * ConnectorStatus}): the codes, and Exchange's texts. Source: exchange-online-behaviour 1.1, 1.5
 * and 1.6, unless said otherwise.
 */
public enum ReturnStatus {
  /** Put off until its time was up. */
  EXPIRED("5.4.300", "Message expired"),
  /** The remote's 5yz to a recipient that it does not know. */
  UNKNOWN_RECIPIENT("5.1.351", "Remote server returned unknown recipient or mailbox unavailable"),
  /** The remote's 5yz for any other reason. */
  REMOTE_REFUSED("5.0.350", "Remote server returned an error"),
  /** MX-routed: NXDOMAIN. */
  NO_SUCH_DOMAIN("5.4.310", "DNS domain does not exist"),
  /**
   * Nobody takes mail at this address: not in our domain, or the whole domain does not (RFC 7505).
   */
  NO_SUCH_RECIPIENT(
      "5.1.10", "RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup"),
  /** An authoritative domain has no such mailbox. */
  ACCESS_DENIED("5.4.1", "Recipient address rejected: Access denied"),
  /** No connector leads to the domain; the text is ours. */
  NO_CONNECTOR("5.4.4", "No connector for this domain"),
  /** The message runs in a circle. */
  LOOP("5.4.14", "Hop count exceeded - possible mail loop"),
  /**
   * An administrator removed it from its queue. Exchange says {@code 550 4.3.2} in these words; a
   * report on a failure needs class 5 (RFC 3464 2.3.4).
   */
  REMOVED("5.3.2", "QUEUE.Admin; message deleted by administrative action"),
  /** Larger than the next hop takes (RFC 1870). */
  TOO_LARGE("5.3.4", "Message too large for the next hop"),
  /** Not what SMTP can carry. */
  BAD_CONTENT("5.6.0", "Message content cannot be sent"),
  /** Eight-bit content, and the next hop lacks 8BITMIME (RFC 6152). */
  NEEDS_8BITMIME("5.6.3", "Message needs 8BITMIME"),
  /** An address in UTF-8, and the next hop lacks SMTPUTF8 (RFC 6531). */
  ADDRESS_NEEDS_SMTPUTF8("5.6.7", "Address needs SMTPUTF8"),
  /** A header in UTF-8, and the next hop lacks SMTPUTF8 (RFC 6531). */
  HEADER_NEEDS_SMTPUTF8("5.6.9", "Header needs SMTPUTF8");

  private final EnhancedStatusCode code;
  private final String text;

  ReturnStatus(String code, String text) {
    this.code = EnhancedStatusCode.of(code);
    this.text = text;
  }

  /** The reason with this code. */
  public static Optional<ReturnStatus> of(EnhancedStatusCode code) {
    return Stream.of(values()).filter(status -> code.equals(status.code)).findFirst();
  }

  /** For example {@code 5.4.300}. */
  public EnhancedStatusCode code() {
    return code;
  }

  /** {@code 550 5.4.300 Message expired}. */
  public String reply() {
    return "550 " + code + " " + text;
  }

  /** {@code 550 5.4.300 Message expired -> 452 4.2.2 Mailbox full}. */
  public String reply(String cause) {
    return reply() + " -> " + cause;
  }
}
