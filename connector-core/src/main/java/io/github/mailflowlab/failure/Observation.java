package io.github.mailflowlab.failure;

import java.util.Locale;

/** What can be observed of a failed attempt; the rows of the decision ladder in the data file. */
public enum Observation {
  MX_DOMAIN_GONE,
  NULL_MX,
  NO_ADDRESS,
  NOT_ESTABLISHED,
  REFUSED,
  /** Closed, silent, negative or unparsable before EHLO was answered. */
  NO_SESSION,
  TLS_NOT_OBTAINED,
  CERTIFICATE_REJECTED,
  /** Ended or dropped by us after EHLO was answered, before MAIL. */
  ENDED_BEFORE_MAIL,
  /** Ended or dropped by us from MAIL on. */
  ENDED_IN_TRANSACTION,
  SERVICE_CLOSING,
  RECIPIENT_DEFERRED,
  RECIPIENT_REFUSED,
  MESSAGE_DEFERRED,
  MESSAGE_REFUSED,
  UNSENDABLE,
  OWN_EXHAUSTION;

  static Observation endedAt(Stage stage, boolean established) {
    if (!established) {
      return NO_SESSION;
    }
    return stage.compareTo(Stage.MAIL) < 0 ? ENDED_BEFORE_MAIL : ENDED_IN_TRANSACTION;
  }

  /** The spelling in the data file, for example {@code no-address}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
