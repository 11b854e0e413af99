package io.github.mailflowlab.queue.ndr;

import io.github.mailflowlab.status.ConnectorStatus;
import io.github.mailflowlab.status.EnhancedStatusCode;
import io.github.mailflowlab.status.ReturnStatus;

/**
 * What the sender is told in plain words, by the NDR's status: why, and what can be done. The words
 * are ours. A new status does not compile until it is explained here; what the administrator needs
 * is {@code mailflow explain}'s business.
 */
final class Explanation {
  private static final String ASK =
      " Please reach the recipient another way, and ask for the mail administrator there.";
  private static final String CHECK_ADDRESS = " Please check the address.";
  private static final String ASK_OWN = " Please ask your mail administrator.";

  private Explanation() {}

  static String of(EnhancedStatusCode status) {
    return ConnectorStatus.of(status)
        .map(Explanation::of)
        .or(() -> ReturnStatus.of(status).map(Explanation::of))
        .orElse("The message could not be delivered, for the reason shown below." + ASK);
  }

  private static String of(ConnectorStatus status) {
    String why =
        switch (status) {
          case DNS_QUERY_FAILED ->
              "DNS never gave a usable address for the server that takes the recipient's mail.";
          case CONNECTION_TIMED_OUT ->
              "The server that takes the recipient's mail never answered our call.";
          case CONNECTION_REFUSED ->
              "The server that takes the recipient's mail turned down every connection.";
          case CANNOT_CONNECT ->
              "The server that takes the recipient's mail could be reached, but no session with it"
                  + " came about.";
          case CLOSED_ABRUPTLY ->
              "The server that takes the recipient's mail broke off the session each time.";
          case CERTIFICATE_VALIDATION_FAILED ->
              "The server that takes the recipient's mail did not prove its identity with a"
                  + " certificate that we may accept.";
        };
    return "The message was offered again and again until its time was up. " + why + ASK;
  }

  private static String of(ReturnStatus status) {
    return switch (status) {
      case EXPIRED ->
          "The message was put off until its time was up. What was said last, if anything was, is"
              + " shown below."
              + ASK;
      case UNKNOWN_RECIPIENT ->
          "The recipient's mail system knows no such mailbox, or does not take mail for it. Please"
              + " check the address; what the system said is shown below.";
      case REMOTE_REFUSED ->
          "The recipient's mail system refused the message for the reason shown below." + ASK;
      case NO_SUCH_DOMAIN -> "The recipient's domain does not exist in DNS." + CHECK_ADDRESS;
      case NO_SUCH_RECIPIENT -> "Nobody takes mail at this address." + CHECK_ADDRESS;
      case ACCESS_DENIED -> "The recipient's domain has no such mailbox." + CHECK_ADDRESS;
      case NO_CONNECTOR ->
          "No connector leads to the recipient's domain, so the message can go nowhere." + ASK_OWN;
      case LOOP -> "The message went in a circle between mail servers and was stopped." + ASK_OWN;
      case REMOVED ->
          "An administrator removed the message before it could be delivered." + ASK_OWN;
      case TOO_LARGE ->
          "The message is larger than the recipient's mail system takes. Please send less at once,"
              + " or share large files another way.";
      case BAD_CONTENT ->
          "The message is not built as mail must be, so it cannot be sent. Please write it anew,"
              + " with another program if that is not enough.";
      case NEEDS_8BITMIME ->
          "The message has characters beyond ASCII, and the recipient's mail system cannot take"
              + " them as they are. Please have your program encode the message (quoted-printable"
              + " or base64).";
      case ADDRESS_NEEDS_SMTPUTF8 ->
          "An address of the message has characters beyond ASCII, and the recipient's mail system"
              + " takes no such addresses. Please use an address in ASCII.";
      case HEADER_NEEDS_SMTPUTF8 ->
          "The header of the message has characters beyond ASCII as they are, and the recipient's"
              + " mail system takes no such header. Please have your program encode it.";
    };
  }
}
