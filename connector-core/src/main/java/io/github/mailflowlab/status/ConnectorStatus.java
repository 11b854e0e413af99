package io.github.mailflowlab.status;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The conditions that a connector names by itself, and the only place that knows their codes and
 * texts. Source: exchange-online-behaviour 1.1.
 */
public enum ConnectorStatus {
  DNS_QUERY_FAILED("4.4.312", "DNS query failed", "DNS query failed"),
  CONNECTION_TIMED_OUT("4.4.315", "Connection timed out", "connection timed out"),
  CONNECTION_REFUSED("4.4.316", "Connection refused", "connection refused"),
  CANNOT_CONNECT("4.4.317", "Cannot connect to remote server", "cannot connect to remote server"),
  CLOSED_ABRUPTLY("4.4.318", "Connection was closed abruptly", "connection reset"),
  CERTIFICATE_VALIDATION_FAILED(
      "4.7.320", "Certificate validation failed", "certificate validation failed");

  private final EnhancedStatusCode code;
  private final String title;
  private final String expiredText;

  ConnectorStatus(String code, String title, String expiredText) {
    this.code = EnhancedStatusCode.of(code);
    this.title = title;
    this.expiredText = expiredText;
  }

  /** The condition with this code, in its deferred or its expired class. */
  public static Optional<ConnectorStatus> of(EnhancedStatusCode code) {
    return Stream.of(values())
        .filter(status -> code.equals(status.code) || code.equals(status.expiredCode()))
        .findFirst();
  }

  /** While queued, for example {@code 4.4.316}. */
  public EnhancedStatusCode code() {
    return code;
  }

  /** After expiry, for example {@code 5.4.316}. */
  public EnhancedStatusCode expiredCode() {
    return code.withClass(5);
  }

  /** The short text, for example {@code Connection refused}. */
  public String title() {
    return title;
  }

  /** The reply while queued, for example {@code 450 4.4.316 Connection refused}. */
  public String deferredReply() {
    return "450 " + code + " " + title;
  }

  /** The reply after expiry: {@code 550 5.4.316 Message expired, connection refused}. */
  public String expiredReply() {
    return "550 " + expiredCode() + " Message expired, " + expiredText;
  }

  /** The catalogue's spelling, for example {@code connection-refused}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
