package io.github.mailflowlab.intake;

import io.github.mailflowlab.status.SmtpReply;

/** Everything the intake says by itself. Codes: RFC 5321 4.2 and RFC 3463. */
final class IntakeReplies {
  static final SmtpReply SENDER_OK = SmtpReply.of(250, "2.1.0 Sender OK");
  static final SmtpReply RECIPIENT_OK = SmtpReply.of(250, "2.1.5 Recipient OK");
  static final SmtpReply START_INPUT =
      SmtpReply.of(354, "Start mail input; end with <CRLF>.<CRLF>");
  static final SmtpReply RESET = SmtpReply.of(250, "2.0.0 Resetting");
  static final SmtpReply OK = SmtpReply.of(250, "2.0.0 OK");
  static final SmtpReply BYE = SmtpReply.of(221, "2.0.0 Service closing transmission channel");
  static final SmtpReply CANNOT_VERIFY =
      SmtpReply.of(252, "2.1.5 Cannot VRFY user, but will take mail and try to deliver it");
  static final SmtpReply HELP =
      SmtpReply.of(214, "2.0.0 EHLO HELO MAIL RCPT DATA BDAT RSET NOOP QUIT VRFY HELP");

  static final SmtpReply IDLE = SmtpReply.of(421, "4.4.2 Idle for too long, closing");
  static final SmtpReply SHUTTING_DOWN = SmtpReply.of(421, "4.3.2 Service shutting down");
  static final SmtpReply TOO_MANY_CONNECTIONS = SmtpReply.of(421, "4.3.2 Too many connections");
  static final SmtpReply TOO_MANY_ERRORS = SmtpReply.of(421, "4.7.0 Too many errors, closing");
  static final SmtpReply BROKEN = SmtpReply.of(421, "4.3.0 Internal error, closing");
  static final SmtpReply SUBMISSION_BROKEN = SmtpReply.of(451, "4.3.0 Internal error, try again");
  static final SmtpReply TOO_MANY_RECIPIENTS = SmtpReply.of(452, "4.5.3 Too many recipients");

  static final SmtpReply UNKNOWN_COMMAND = SmtpReply.of(500, "5.5.1 Unrecognized command");
  static final SmtpReply LINE_TOO_LONG = SmtpReply.of(500, "5.5.2 Command line too long");
  static final SmtpReply BAD_OCTETS =
      SmtpReply.of(500, "5.5.2 Bare CR or NUL in a command is not allowed");
  static final SmtpReply NOT_UTF8 = SmtpReply.of(500, "5.5.2 Command is not UTF-8");
  static final SmtpReply BARE_LF =
      SmtpReply.of(521, "5.5.2 Bare LF received, lines end with CRLF; closing");
  static final SmtpReply BAD_CHUNK =
      SmtpReply.of(521, "5.5.4 BDAT does not tell how many octets follow; closing");
  static final SmtpReply NOT_HTTP = SmtpReply.of(521, "5.5.1 This is SMTP; closing");
  static final SmtpReply BAD_ARGUMENT = SmtpReply.of(501, "5.5.4 Invalid arguments");
  static final SmtpReply BAD_HELLO = SmtpReply.of(501, "5.5.4 Invalid domain name");
  static final SmtpReply BAD_SENDER = SmtpReply.of(501, "5.1.7 Invalid address");
  static final SmtpReply BAD_RECIPIENT = SmtpReply.of(501, "5.1.3 Invalid address");
  static final SmtpReply ADDRESS_NOT_ASCII =
      SmtpReply.of(553, "5.6.7 Address with characters outside ASCII, and no SMTPUTF8");
  static final SmtpReply NOT_IMPLEMENTED = SmtpReply.of(502, "5.5.1 Command not implemented");
  static final SmtpReply HELLO_FIRST = SmtpReply.of(503, "5.5.1 Send EHLO first");
  static final SmtpReply MAIL_FIRST = SmtpReply.of(503, "5.5.1 Need MAIL first");
  static final SmtpReply NESTED_MAIL = SmtpReply.of(503, "5.5.1 Sender already given");
  static final SmtpReply CONTENT_HAS_BEGUN =
      SmtpReply.of(503, "5.5.1 Message has begun, expecting BDAT or RSET");
  static final SmtpReply NO_RECIPIENTS = SmtpReply.of(554, "5.5.1 No valid recipients");
  static final SmtpReply UNKNOWN_PARAMETER =
      SmtpReply.of(555, "5.5.4 Parameter not recognized or not implemented");
  static final SmtpReply PEER_REFUSED =
      SmtpReply.of(554, "5.7.1 Connections from this address are not allowed");

  static final SmtpReply TOO_LARGE =
      SmtpReply.of(552, "5.3.4 Message size exceeds fixed maximum message size");
  static final SmtpReply NO_STORAGE = SmtpReply.of(452, "4.3.1 Insufficient system storage");
  static final SmtpReply BARE_LINE_END =
      SmtpReply.of(550, "5.6.11 Bare CR or LF in the message, lines end with CRLF");
  static final SmtpReply NUL_IN_CONTENT = SmtpReply.of(550, "5.6.0 NUL in the message");
  static final SmtpReply TEXT_LINE_TOO_LONG =
      SmtpReply.of(550, "5.6.0 Line longer than 998 octets in the message");
  static final SmtpReply TOO_MANY_HOPS =
      SmtpReply.of(554, "5.4.14 Hop count exceeded - possible mail loop");

  private IntakeReplies() {}

  static SmtpReply greeting(String hostName) {
    return SmtpReply.of(220, hostName + " ESMTP Mail Flow Lab");
  }

  static SmtpReply helo(String hostName) {
    return SmtpReply.of(250, hostName);
  }

  /** An extension is offered only once client and queue carry it. */
  static SmtpReply ehlo(String hostName, long maxMessageSize) {
    return SmtpReply.of(
        250,
        hostName,
        "PIPELINING",
        "SIZE " + maxMessageSize,
        "8BITMIME",
        "ENHANCEDSTATUSCODES",
        "DSN",
        "CHUNKING",
        "SMTPUTF8");
  }

  /** A chunk that was taken, and more to come. */
  static SmtpReply chunk(long size) {
    return SmtpReply.of(250, "2.0.0 " + size + " octets received");
  }
}
