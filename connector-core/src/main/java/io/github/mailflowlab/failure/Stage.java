package io.github.mailflowlab.failure;

import java.util.Locale;

/** Where in an attempt something happened. The order is the order of an attempt. */
public enum Stage {
  DNS,
  CONNECT,
  BANNER,
  EHLO,
  STARTTLS,
  TLS,
  CERTIFICATE,
  MAIL,
  RCPT,
  DATA,
  BODY,
  DOT,
  RSET,
  QUIT,
  DONE;

  /** The name in JSON, logs and configuration: lower case. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
