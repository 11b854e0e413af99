package io.github.mailflowlab.queue.ndr;

import io.github.mailflowlab.status.ConnectorStatus;
import io.github.mailflowlab.status.EnhancedStatusCode;
import java.util.Map;

/** What the sender is told in plain words, by the NDR's status. The words are ours. */
final class Explanation {
  private static final String ASK =
      " Please reach the recipient another way, and ask for the mail administrator there.";

  private static final Map<String, String> OTHERS =
      Map.of(
          "5.4.300",
          "The recipient's mail system put the message off each time it was offered, until its time"
              + " was up. What it said last is shown below."
              + ASK,
          "5.1.351",
          "The recipient's mail system knows no such mailbox, or does not take mail for it. Please"
              + " check the address; what the system said is shown below.",
          "5.0.350",
          "The recipient's mail system refused the message for the reason shown below." + ASK,
          "5.4.310",
          "The recipient's domain does not exist in DNS. Please check the address.",
          "5.1.10",
          "The recipient's domain takes no mail. Please check the address.");

  private Explanation() {}

  static String of(EnhancedStatusCode status) {
    return ConnectorStatus.of(status)
        .map(Explanation::of)
        .orElseGet(
            () ->
                OTHERS.getOrDefault(
                    status.toString(),
                    "The message could not be delivered, for the reason shown below." + ASK));
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
}
