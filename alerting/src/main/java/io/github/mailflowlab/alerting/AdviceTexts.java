package io.github.mailflowlab.alerting;

import io.github.mailflowlab.status.ConnectorStatus;
import io.github.mailflowlab.status.EnhancedStatusCode;
import java.util.List;

/**
 * The advice itself, in our own words; its substance is that of mail-flow-intelligence ("The
 * codes"). A new {@link ConnectorStatus} does not compile until it is explained here.
 */
final class AdviceTexts {
  private static final String READ_THE_DETAIL =
      "Read the last error: its message says what went wrong, LastAttemptedServerName and"
          + " LastAttemptedIP say where.";
  private static final String VALIDATE =
      "Validate the connector once it is repaired; the waiting mail leaves at the next attempt.";

  private AdviceTexts() {}

  /** While the mail waits. */
  static Explanation of(ConnectorStatus status) {
    return switch (status) {
      case DNS_QUERY_FAILED ->
          waiting(
              status,
              "The connector's smart host is given by name, and DNS gave no address for that name."
                  + " No server was contacted.",
              List.of(
                  "The name servers of the domain, or of the company that hosts it, have a fault.",
                  "The registration of the domain has run out.",
                  "The MX record was changed a short while ago, and resolvers still hold the old"
                      + " answer.",
                  "The name in the connector is misspelt."),
              List.of(
                  "Look the smart host's name up yourself, MX first and then A, from outside your"
                      + " network.",
                  "Correct the smart host of the connector if the name is wrong.",
                  "Have your DNS hosting company repair the records, and renew the domain if it has"
                      + " run out.",
                  "After a recent change, wait until the old records have outlived their TTL.",
                  VALIDATE));
      case CONNECTION_TIMED_OUT ->
          waiting(
              status,
              "The smart host has an address, but nobody there answered the attempt to connect.",
              List.of(
                  "The server is down or cut off from the network.",
                  "The smart host of the connector leads to a wrong address.",
                  "A new Internet provider gave the server a new address.",
                  "A firewall discards the attempts without an answer."),
              List.of(
                  "Compare LastAttemptedIP with the address that the server has today; correct the"
                      + " connector or DNS if they differ.",
                  "If mail used to flow and no setting was changed, see whether the server runs and"
                      + " what was changed in the network.",
                  "See that the firewall lets connections to TCP port 25 in.",
                  VALIDATE));
      case CONNECTION_REFUSED ->
          waiting(
              status,
              "The address answered, and refused the connection.",
              List.of(
                  "A firewall turns Microsoft 365's addresses away.",
                  "The mail service on the server is stopped, or listens on another port.",
                  "The server was retired on purpose, because all mailboxes have moved to the"
                      + " cloud."),
              List.of(
                  "If mailboxes still live there: start the mail service, and let the addresses of"
                      + " Microsoft 365 reach TCP port 25.",
                  "If nothing should go there any more: use Fix now, or disable or delete the"
                      + " connector, and change the accepted domain from Internal Relay to"
                      + " Authoritative. Mail for unknown recipients is then rejected at once and"
                      + " no longer queued, which spares your quota for invalid recipients.",
                  "Such changes take 30 to 60 minutes in Microsoft 365; look after an hour whether"
                      + " the error is gone.",
                  VALIDATE));
      case CANNOT_CONNECT ->
          waiting(
              status,
              "The connection was made, but no usable session came of it: the server answered with"
                  + " an error at once, or does not do what the connector demands.",
              List.of(
                  "The server says that its service is not available, or turns this client away.",
                  "The connector demands TLS, and the server does not offer it.",
                  "The TLS handshake fails: old versions, no common cipher suite, a middlebox.",
                  "The server closes the connection or stays silent before the session begins."),
              List.of(
                  READ_THE_DETAIL,
                  "If it is the server's own words, look there: service state, block lists, limits"
                      + " on connections.",
                  "If it is about TLS, install a certificate on the server and let it offer"
                      + " STARTTLS with TLS 1.2 or newer.",
                  "Compare the connector's TlsSettings with what the server can do.",
                  VALIDATE));
      case CLOSED_ABRUPTLY ->
          waiting(
              status,
              "The session began, and then broke: the other side fell silent, hung up or said what"
                  + " is no SMTP.",
              List.of(
                  "A firewall inspects SMTP and interferes with it.",
                  "The server is sick: it hangs, crashes, or lacks memory or disk.",
                  "The network in between loses connections."),
              List.of(
                  "Switch SMTP inspection off on every firewall between Microsoft 365 and the"
                      + " server, and see whether mail flows.",
                  "Look at the server's logs, memory, disk and load at the time of the last"
                      + " attempt.",
                  "Ask your network team about lost packets and short idle limits.",
                  VALIDATE));
      case CERTIFICATE_VALIDATION_FAILED ->
          waiting(
              status,
              "TLS came up, but the connector does not accept the server's certificate.",
              List.of(
                  "The certificate has expired, or is not valid yet.",
                  "Its name is not the one that the connector's TlsDomain demands.",
                  "It was revoked, signed by itself, or issued by an authority that is not"
                      + " trusted.",
                  "The server does not send its intermediate certificate."),
              List.of(
                  READ_THE_DETAIL,
                  "Renew or replace the certificate on every server behind the smart host, with its"
                      + " whole chain.",
                  "If the certificate is right, correct the connector: its TlsDomain, or"
                      + " TlsSettings that ask for less.",
                  VALIDATE));
    };
  }

  /** Once the mail has gone back. */
  static Explanation expired(ConnectorStatus status) {
    Explanation waiting = of(status);
    String code = status.expiredCode().toString();
    return new Explanation(
        code,
        status.expiredReply().replace("550 " + code + " ", ""),
        waiting.meaning()
            + " It stayed so until the message expired, and the sender got it back in a report.",
        waiting.causes(),
        waiting.whatToDo(),
        waiting.partner());
  }

  /** The other server's own 4yz or 5yz. */
  static Explanation remote(EnhancedStatusCode status) {
    return status.isPermanent()
        ? new Explanation(
            status.toString(),
            "The destination server refused the message",
            "The code is the destination server's own answer. It is final: the sender got the"
                + " message back at once.",
            List.of("A rule, a limit or a block list of that server; its text says which."),
            List.of(
                "Read the text after the code, and look for this message in the logs of the"
                    + " destination server.",
                "Have the sender send it again once the reason is gone."),
            contactPartner())
        : new Explanation(
            status.toString(),
            "The destination server deferred the message",
            "The code is the destination server's own answer: not now. The message is tried again"
                + " until it expires.",
            List.of(
                "The server is busy, full, or short of something.",
                "It delays unknown senders on purpose (greylisting).",
                "One mailbox is full or locked."),
            List.of(
                "Find the destination server in the error, and look at its logs and its state.",
                "Correct the connector if that is not the server you meant."),
            contactPartner());
  }

  static Explanation expiredRemote(EnhancedStatusCode status) {
    Explanation remote = remote(status.withClass(4));
    return new Explanation(
        status.toString(),
        "Message expired",
        "The destination server deferred the message again and again, until it expired. Its last"
            + " answer stands behind the arrow.",
        remote.causes(),
        remote.whatToDo(),
        remote.partner());
  }

  static Explanation unknownRecipient(EnhancedStatusCode status) {
    return new Explanation(
        status.toString(),
        "Unknown recipient or unavailable mailbox",
        "The destination server does not know the recipient, and the sender got the message back at"
            + " once. Its answer stands behind the arrow.",
        List.of(
            "The address is misspelt or no longer exists.",
            "The mailbox has moved, and the connector still leads to the old server."),
        List.of(
            "Check the address on the destination server.",
            "If the mailbox lives in the cloud, see that it exists there, so that its mail does not"
                + " leave through the connector."),
        contactPartner());
  }

  static Explanation domainTakesNoMail(EnhancedStatusCode status) {
    return new Explanation(
        status.toString(),
        "The recipient's domain takes no mail",
        "The connector goes by the recipient domain's MX records, and DNS says that the domain does"
            + " not exist or takes no mail. The sender got the message back at once.",
        List.of("The domain is misspelt.", "Its registration has run out.", "It has no mail."),
        List.of(
            "Check the spelling and look the domain up yourself.",
            "If the mail should go to a server of yours, give the connector a smart host."),
        contactPartner());
  }

  /** We ran out of something; nobody else is to blame. */
  static Explanation ownExhaustion(EnhancedStatusCode status) {
    List<String> steps =
        List.of(
            "Nothing is wrong with the destination. Look at this machine: file descriptors, ports,"
                + " memory, disk, and files that the connector names.",
            "The mail is tried again by itself.");
    return new Explanation(
        status.toString(),
        "This machine ran short of something",
        "The attempt failed on our own side.",
        List.of("The message in the last error names what was missing."),
        steps,
        steps);
  }

  /** More recipients of one domain do not exist than is good for us. */
  static Explanation invalidRecipients() {
    return new Explanation(
        "5.1.10",
        "Many recipients do not exist",
        "Mail goes to many addresses of one domain that do not exist. Whoever sends so may be taken"
            + " for one who guesses addresses, and then good mail suffers too.",
        List.of(
            "A system sends to an old list of addresses.",
            "An account was taken over, and sends to guessed addresses.",
            "The mailboxes have moved, and the domain is still Internal Relay, so that whatever its"
                + " users do not have is passed on to a server that knows them no more."),
        List.of(
            "Find the senders: list the failed messages to this domain.",
            "If all mailboxes of the domain are here, change the accepted domain from Internal Relay"
                + " to Authoritative: unknown recipients are then refused at once.",
            "If one account sends them all, stop it and have its owner change the password."),
        List.of(
            "Find the senders: list the failed messages to this domain.",
            "Ask your partner for the addresses that are valid today, and clean your lists."));
  }

  /** Still valid, but not for long. */
  static Explanation certificateExpires() {
    return new Explanation(
        ConnectorStatus.CERTIFICATE_VALIDATION_FAILED.code().toString(),
        "A certificate is about to expire",
        "From that day on, a connector that checks certificates delivers nothing to this server.",
        List.of("The renewal was forgotten, or the new certificate is not installed here."),
        List.of(
            "Renew the certificate on every server behind the smart host, with its whole chain, and"
                + " have the mail service use the new one.",
            VALIDATE),
        List.of("Tell your partner the server's name and the day. The repair is theirs."));
  }

  /** Our own disk or database. */
  static Explanation spoolTrouble() {
    List<String> steps =
        List.of(
            "Nothing is wrong with any destination. See the log for what the spool says: a full"
                + " disk, missing rights, or a database that is gone.",
            "Make room or repair it; what could not be recorded is recorded then by itself. Do not"
                + " restart before, or mail that was delivered meanwhile is delivered again.");
    return new Explanation(
        "4.3.1",
        "The spool cannot be written",
        "What became of mail cannot be recorded, so that delivery pauses.",
        List.of("The disk is full, or the database cannot be reached."),
        steps,
        steps);
  }

  /** Mail waits, and no attempt has failed. */
  static Explanation nothingTried() {
    List<String> steps =
        List.of(
            "No attempt has failed yet: see whether the queue is suspended, or attempts are still"
                + " under way.");
    return new Explanation(
        "4.0.0", "Waiting", "No attempt has failed.", List.of("A suspended queue."), steps, steps);
  }

  private static Explanation waiting(
      ConnectorStatus status, String meaning, List<String> causes, List<String> whatToDo) {
    return new Explanation(
        status.code().toString(), status.title(), meaning, causes, whatToDo, contactPartner());
  }

  private static List<String> contactPartner() {
    return List.of(
        "Send your partner the last error: the code, its message, and the destination server and"
            + " address in it. The repair is theirs.",
        "See that the connector still names the servers your partner wants you to use.");
  }
}
