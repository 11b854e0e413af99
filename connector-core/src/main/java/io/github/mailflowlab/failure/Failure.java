package io.github.mailflowlab.failure;

import io.github.mailflowlab.status.SmtpReply;
import java.time.Duration;

/**
 * Why an attempt, or its part for one recipient, did not deliver: a value, sealed by origin, told
 * by the client without judging. {@link FailureClassifier} says what it means.
 */
public sealed interface Failure {
  /** Where in the attempt it happened. */
  Stage stage();

  /** Which row of the decision ladder this is (failure-catalogue 1.1). */
  Observation observation();

  /** What the administrator needs to know beyond the code; the text of {@code [Message=…]}. */
  String detail();

  /**
   * Our DNS gave no usable address.
   *
   * @param mxRouted whether the recipient's domain was asked, rather than a smart host
   */
  record Dns(DnsProblem problem, boolean mxRouted) implements Failure {
    @Override
    public Stage stage() {
      return Stage.DNS;
    }

    @Override
    public Observation observation() {
      if (!mxRouted) {
        return Observation.NO_ADDRESS;
      }
      return switch (problem) {
        case NO_SUCH_DOMAIN -> Observation.MX_DOMAIN_GONE;
        case NULL_MX -> Observation.NULL_MX;
        case NO_RECORDS, NO_ANSWER, SILENT -> Observation.NO_ADDRESS;
      };
    }

    @Override
    public String detail() {
      return problem.detail();
    }
  }

  /** TCP was not established. A reset within {@code connect} is a {@link Vanished} instead. */
  record Connect(ConnectProblem problem) implements Failure {
    @Override
    public Stage stage() {
      return Stage.CONNECT;
    }

    @Override
    public Observation observation() {
      return problem == ConnectProblem.REFUSED ? Observation.REFUSED : Observation.NOT_ESTABLISHED;
    }

    @Override
    public String detail() {
      return "Socket error code " + problem.winsockCode();
    }
  }

  /**
   * The peer ended the connection with a reply still owed.
   *
   * @param established whether EHLO or HELO had been answered
   * @param reset by RST rather than FIN
   */
  record Vanished(Stage stage, boolean established, boolean reset) implements Failure {
    @Override
    public Observation observation() {
      return Observation.endedAt(stage, established);
    }

    @Override
    public String detail() {
      return established ? "SuspiciousRemoteServerError" : "451 4.4.0 Socket error SocketError";
    }
  }

  /**
   * The peer said nothing, or took nothing, for as long as we wait at this stage.
   *
   * @param established whether EHLO or HELO had been answered
   */
  record Silence(Stage stage, boolean established, Duration limit) implements Failure {
    @Override
    public Observation observation() {
      return Observation.endedAt(stage, established);
    }

    @Override
    public String detail() {
      return "451 4.4.0 No answer at stage " + stage.id() + " within " + limit;
    }
  }

  /**
   * The peer said what is no SMTP.
   *
   * @param established whether EHLO or HELO had been answered
   * @param what which rule was broken, in our words
   */
  record Nonsense(Stage stage, boolean established, String what) implements Failure {
    @Override
    public Observation observation() {
      return Observation.endedAt(stage, established);
    }

    @Override
    public String detail() {
      return "451 4.4.0 Protocol error at stage " + stage.id() + ": " + what;
    }
  }

  /** The connector demands TLS, and TLS did not come up. The detail is Exchange's own. */
  record Tls(Stage stage, TlsProblem problem, String detail) implements Failure {
    @Override
    public Observation observation() {
      return Observation.TLS_NOT_OBTAINED;
    }
  }

  /** TLS came up, and the connector does not accept the certificate. */
  record CertificateRejected(CertificateProblem problem, String detail) implements Failure {
    @Override
    public Stage stage() {
      return Stage.CERTIFICATE;
    }

    @Override
    public Observation observation() {
      return Observation.CERTIFICATE_REJECTED;
    }
  }

  /**
   * The peer answered, well formed, with 4yz or 5yz.
   *
   * @param afterDelivery whether this connection had delivered something before
   */
  record Replied(Stage stage, SmtpReply reply, boolean afterDelivery) implements Failure {
    public Replied {
      if (!reply.isTransient() && !reply.isPermanent()) {
        throw new IllegalArgumentException("reply: " + reply + " (expected: 4yz or 5yz)");
      }
    }

    @Override
    public Observation observation() {
      if (stage.compareTo(Stage.STARTTLS) < 0) {
        return Observation.NO_SESSION;
      }
      if (reply.code() == 421) {
        return afterDelivery ? Observation.MESSAGE_DEFERRED : Observation.SERVICE_CLOSING;
      }
      if (stage == Stage.RCPT) {
        return reply.isTransient() ? Observation.RECIPIENT_DEFERRED : Observation.RECIPIENT_REFUSED;
      }
      return reply.isTransient() ? Observation.MESSAGE_DEFERRED : Observation.MESSAGE_REFUSED;
    }

    @Override
    public String detail() {
      return reply.toString();
    }
  }

  /** The peer cannot carry this message, and it must not be mangled; our own 5yz. */
  record Unsendable(SmtpReply verdict) implements Failure {
    @Override
    public Stage stage() {
      return Stage.MAIL;
    }

    @Override
    public Observation observation() {
      return Observation.UNSENDABLE;
    }

    @Override
    public String detail() {
      return verdict.toString();
    }
  }

  /** We ran out of something ourselves: descriptors, ports, memory, disk. No peer is blamed. */
  record OwnExhaustion(Stage stage, String detail) implements Failure {
    @Override
    public Observation observation() {
      return Observation.OWN_EXHAUSTION;
    }
  }
}
