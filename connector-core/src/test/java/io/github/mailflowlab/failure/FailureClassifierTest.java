package io.github.mailflowlab.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.mailflowlab.delivery.Destination;
import io.github.mailflowlab.status.EnhancedStatusCode;
import io.github.mailflowlab.status.SmtpReply;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The decision ladder (failure-catalogue 1.1), row by row: what is seen, and what it means. */
final class FailureClassifierTest {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final String SERVER = " [LastAttemptedServerName=mail.contoso.example]";
  private static final String TRIED = SERVER + " [LastAttemptedIP=127.0.0.1:2525]";

  private final FailureClassifier classifier = new FailureClassifier(FailureCatalogue.load());

  static Stream<Arguments> failuresThatWait() {
    return Stream.of(
        arguments(
            "row 1, NXDOMAIN",
            dns(DnsProblem.NO_SUCH_DOMAIN, false),
            Observation.NO_ADDRESS,
            Scope.NEXT_HOP,
            "450 4.4.312 DNS query failed [Message=InfoDomainNonexistent]" + TRIED),
        arguments(
            "row 1, no records",
            dns(DnsProblem.NO_RECORDS, false),
            Observation.NO_ADDRESS,
            Scope.NEXT_HOP,
            "450 4.4.312 DNS query failed [Message=InfoNoRecords]" + TRIED),
        arguments(
            "row 1, no answer",
            dns(DnsProblem.NO_ANSWER, false),
            Observation.NO_ADDRESS,
            Scope.NEXT_HOP,
            "450 4.4.312 DNS query failed [Message=ErrorRetry]" + TRIED),
        arguments(
            "row 1, null MX of a smart host",
            dns(DnsProblem.NULL_MX, false),
            Observation.NO_ADDRESS,
            Scope.NEXT_HOP,
            "450 4.4.312 DNS query failed [Message=InfoNullMx]" + TRIED),
        arguments(
            "row 1, MX-routed without an answer",
            dns(DnsProblem.NO_ANSWER, true),
            Observation.NO_ADDRESS,
            Scope.NEXT_HOP,
            "450 4.4.312 DNS query failed [Message=ErrorRetry]" + TRIED),
        arguments(
            "row 2, timed out",
            new Failure.Connect(ConnectProblem.TIMED_OUT),
            Observation.NOT_ESTABLISHED,
            Scope.NEXT_HOP,
            "450 4.4.315 Connection timed out [Message=Socket error code 10060]" + TRIED),
        arguments(
            "row 2, network unreachable",
            new Failure.Connect(ConnectProblem.NETWORK_UNREACHABLE),
            Observation.NOT_ESTABLISHED,
            Scope.NEXT_HOP,
            "450 4.4.315 Connection timed out [Message=Socket error code 10051]" + TRIED),
        arguments(
            "row 2, host unreachable",
            new Failure.Connect(ConnectProblem.HOST_UNREACHABLE),
            Observation.NOT_ESTABLISHED,
            Scope.NEXT_HOP,
            "450 4.4.315 Connection timed out [Message=Socket error code 10065]" + TRIED),
        arguments(
            "row 3, refused",
            new Failure.Connect(ConnectProblem.REFUSED),
            Observation.REFUSED,
            Scope.NEXT_HOP,
            "450 4.4.316 Connection refused [Message=Socket error code 10061]" + TRIED),
        arguments(
            "row 4, reset before the greeting",
            new Failure.Vanished(Stage.BANNER, false, true),
            Observation.NO_SESSION,
            Scope.NEXT_HOP,
            "450 4.4.317 Cannot connect to remote server"
                + " [Message=451 4.4.0 Socket error SocketError]"
                + TRIED),
        arguments(
            "row 4, 421 instead of the greeting",
            replied(Stage.BANNER, 421, "4.3.2 Service not available"),
            Observation.NO_SESSION,
            Scope.NEXT_HOP,
            "450 4.4.317 Cannot connect to remote server"
                + " [Message=421 4.3.2 Service not available]"
                + TRIED),
        arguments(
            "row 4, 554 instead of the greeting waits although it is 5yz",
            replied(Stage.BANNER, 554, "No mail here"),
            Observation.NO_SESSION,
            Scope.NEXT_HOP,
            "450 4.4.317 Cannot connect to remote server [Message=554 No mail here]" + TRIED),
        arguments(
            "row 4, HELO refused",
            replied(Stage.EHLO, 550, "5.7.1 Go away"),
            Observation.NO_SESSION,
            Scope.NEXT_HOP,
            "450 4.4.317 Cannot connect to remote server [Message=550 5.7.1 Go away]" + TRIED),
        arguments(
            "row 4, silence before EHLO is answered",
            new Failure.Silence(Stage.EHLO, false, LIMIT),
            Observation.NO_SESSION,
            Scope.NEXT_HOP,
            "450 4.4.317 Cannot connect to remote server"
                + " [Message=451 4.4.0 No answer at stage ehlo within PT5M]"
                + TRIED),
        arguments(
            "row 4, nonsense before EHLO is answered",
            new Failure.Nonsense(Stage.BANNER, false, "bare LF"),
            Observation.NO_SESSION,
            Scope.NEXT_HOP,
            "450 4.4.317 Cannot connect to remote server"
                + " [Message=451 4.4.0 Protocol error at stage banner: bare LF]"
                + TRIED),
        arguments(
            "row 5, STARTTLS not offered",
            new Failure.Tls(
                Stage.STARTTLS,
                TlsProblem.NOT_OFFERED,
                "451 5.7.3 STARTTLS is required to send mail"),
            Observation.TLS_NOT_OBTAINED,
            Scope.NEXT_HOP,
            "450 4.4.317 Cannot connect to remote server"
                + " [Message=451 5.7.3 STARTTLS is required to send mail]"
                + TRIED),
        arguments(
            "row 6, certificate rejected",
            new Failure.CertificateRejected(CertificateProblem.NAME_MISMATCH, "SubjectMismatch"),
            Observation.CERTIFICATE_REJECTED,
            Scope.NEXT_HOP,
            "450 4.7.320 Certificate validation failed [Message=SubjectMismatch]" + TRIED),
        arguments(
            "row 7, closed between EHLO and MAIL",
            new Failure.Vanished(Stage.STARTTLS, true, false),
            Observation.ENDED_BEFORE_MAIL,
            Scope.NEXT_HOP,
            "450 4.4.318 Connection was closed abruptly [Message=SuspiciousRemoteServerError]"
                + TRIED),
        arguments(
            "row 7, closed after MAIL",
            new Failure.Vanished(Stage.MAIL, true, false),
            Observation.ENDED_IN_TRANSACTION,
            Scope.MESSAGE,
            "450 4.4.318 Connection was closed abruptly [Message=SuspiciousRemoteServerError]"
                + TRIED),
        arguments(
            "row 8, silence after the final dot",
            new Failure.Silence(Stage.DOT, true, Duration.ofMinutes(10)),
            Observation.ENDED_IN_TRANSACTION,
            Scope.MESSAGE,
            "450 4.4.318 Connection was closed abruptly"
                + " [Message=451 4.4.0 No answer at stage dot within PT10M]"
                + TRIED),
        arguments(
            "row 8, nonsense before MAIL",
            new Failure.Nonsense(Stage.EHLO, true, "codes differ"),
            Observation.ENDED_BEFORE_MAIL,
            Scope.NEXT_HOP,
            "450 4.4.318 Connection was closed abruptly"
                + " [Message=451 4.4.0 Protocol error at stage ehlo: codes differ]"
                + TRIED),
        arguments(
            "row 9, 421 before anything was delivered",
            replied(Stage.MAIL, 421, "4.7.0 Too busy"),
            Observation.SERVICE_CLOSING,
            Scope.NEXT_HOP,
            "421 4.7.0 Too busy" + TRIED),
        arguments(
            "row 9, 421 after a delivery",
            new Failure.Replied(Stage.MAIL, SmtpReply.of(421, "4.7.0 Enough"), true),
            Observation.MESSAGE_DEFERRED,
            Scope.MESSAGE,
            "421 4.7.0 Enough" + TRIED),
        arguments(
            "row 9, recipient deferred",
            replied(Stage.RCPT, 450, "4.2.1 Busy"),
            Observation.RECIPIENT_DEFERRED,
            Scope.RECIPIENT,
            "450 4.2.1 Busy" + TRIED),
        arguments(
            "row 9, message deferred",
            replied(Stage.DOT, 452, "4.3.1 Disk full"),
            Observation.MESSAGE_DEFERRED,
            Scope.MESSAGE,
            "452 4.3.1 Disk full" + TRIED),
        arguments(
            "row 10, our own exhaustion blames nobody",
            new Failure.OwnExhaustion(Stage.CONNECT, "Too many open files"),
            Observation.OWN_EXHAUSTION,
            Scope.MESSAGE,
            "452 4.3.1 Insufficient system resources [Message=Too many open files]"));
  }

  static Stream<Arguments> failuresThatReturnTheMessage() {
    return Stream.of(
        arguments(
            "row 0, MX-routed to a domain that does not exist",
            dns(DnsProblem.NO_SUCH_DOMAIN, true),
            Observation.MX_DOMAIN_GONE,
            Scope.MESSAGE,
            "550 5.4.310 DNS domain mail.contoso.example does not exist(InfoDomainNonexistent)"),
        arguments(
            "row 0, MX-routed to a domain that takes no mail",
            dns(DnsProblem.NULL_MX, true),
            Observation.NULL_MX,
            Scope.MESSAGE,
            "556 5.1.10 Domain mail.contoso.example does not accept mail(InfoNullMx)"),
        arguments(
            "row 9, unknown recipient",
            replied(Stage.RCPT, 550, "5.1.1 Unknown"),
            Observation.RECIPIENT_REFUSED,
            Scope.RECIPIENT,
            unknown("550 5.1.1 Unknown")),
        arguments(
            "row 9, 551 with 5.1.6",
            replied(Stage.RCPT, 551, "5.1.6 Moved"),
            Observation.RECIPIENT_REFUSED,
            Scope.RECIPIENT,
            unknown("551 5.1.6 Moved")),
        arguments(
            "row 9, 550 without an enhanced code",
            replied(Stage.RCPT, 550, "User unknown"),
            Observation.RECIPIENT_REFUSED,
            Scope.RECIPIENT,
            unknown("550 User unknown")),
        arguments(
            "row 9, 550 for another reason",
            replied(Stage.RCPT, 550, "5.7.1 Denied"),
            Observation.RECIPIENT_REFUSED,
            Scope.RECIPIENT,
            other("550 5.7.1 Denied")),
        arguments(
            "row 9, 551 without an enhanced code",
            replied(Stage.RCPT, 551, "Moved"),
            Observation.RECIPIENT_REFUSED,
            Scope.RECIPIENT,
            other("551 Moved")),
        arguments(
            "row 9, 5.1.x elsewhere than at RCPT",
            replied(Stage.MAIL, 550, "5.1.8 Bad sender"),
            Observation.MESSAGE_REFUSED,
            Scope.MESSAGE,
            other("550 5.1.8 Bad sender")),
        arguments(
            "row 9, content refused",
            replied(Stage.DOT, 554, "5.6.0 No"),
            Observation.MESSAGE_REFUSED,
            Scope.MESSAGE,
            other("554 5.6.0 No")),
        arguments(
            "row 9, what the peer cannot carry",
            new Failure.Unsendable(SmtpReply.of(554, "5.6.3 8-bit content")),
            Observation.UNSENDABLE,
            Scope.MESSAGE,
            "554 5.6.3 8-bit content"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failuresThatWait")
  void isTriedAgain(
      String row, Failure failure, Observation observation, Scope scope, String lastError) {
    Classification classification = classifier.classify(failure, Optional.of(destination()));

    assertThat(classification.observation()).as(row).isEqualTo(observation);
    assertThat(classification.scope()).isEqualTo(scope);
    assertThat(classification.isPermanent()).isFalse();
    assertThat(classification.lastError()).hasToString(lastError);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failuresThatReturnTheMessage")
  void isReturnedAtOnce(
      String row, Failure failure, Observation observation, Scope scope, String finalError) {
    Classification classification = classifier.classify(failure, Optional.of(destination()));

    assertThat(classification.observation()).as(row).isEqualTo(observation);
    assertThat(classification.scope()).isEqualTo(scope);
    assertThat(classification.isPermanent()).isTrue();
    assertThat(classification.returned()).get().hasToString(finalError);
    assertThat(classification.returned().orElseThrow().status().isPermanent()).isTrue();
  }

  @Test
  void theTablesAboveVisitEveryObservation() {
    Set<Observation> visited = EnumSet.noneOf(Observation.class);
    Stream.concat(failuresThatWait(), failuresThatReturnTheMessage())
        .forEach(row -> visited.add((Observation) row.get()[2]));

    assertThat(visited).containsExactly(Observation.values());
  }

  @Test
  void aNameThatGaveNoAddressHasNoIpBracket() {
    Destination unresolved = new Destination("mail.contoso.example", Optional.empty());

    assertThat(lastError(dns(DnsProblem.NO_RECORDS, false), unresolved))
        .hasToString("450 4.4.312 DNS query failed [Message=InfoNoRecords]" + SERVER);
  }

  @Test
  void theReportShowsTheErrorWithoutBracketsAndLabels() {
    assertThat(lastError(new Failure.Connect(ConnectProblem.REFUSED), destination()).plain())
        .isEqualTo("450 4.4.316 Connection refused Socket error code 10061");
    assertThat(lastError(replied(Stage.RCPT, 450, "4.2.1 Busy"), destination()).plain())
        .isEqualTo("450 4.2.1 Busy");
  }

  static Stream<Arguments> expiries() {
    return Stream.of(
        arguments(
            dns(DnsProblem.NO_RECORDS, false),
            "550 5.4.312 Message expired, DNS query failed(InfoNoRecords)"),
        arguments(
            new Failure.Connect(ConnectProblem.TIMED_OUT),
            "550 5.4.315 Message expired, connection timed out(Socket error code 10060)"),
        arguments(
            new Failure.Connect(ConnectProblem.REFUSED),
            "550 5.4.316 Message expired, connection refused(Socket error code 10061)"),
        arguments(
            replied(Stage.BANNER, 554, "No"),
            "550 5.4.317 Message expired, cannot connect to remote server(554 No)"),
        arguments(
            new Failure.Vanished(Stage.BODY, true, true),
            "550 5.4.318 Message expired, connection reset(SuspiciousRemoteServerError)"),
        arguments(
            new Failure.CertificateRejected(CertificateProblem.EXPIRED, "CertificateExpired"),
            "550 5.7.320 Message expired, certificate validation failed(CertificateExpired)"),
        arguments(
            replied(Stage.RCPT, 452, "4.2.2 Full"),
            "550 5.4.300 Message expired -> 452 4.2.2 Full"),
        arguments(
            new Failure.OwnExhaustion(Stage.CONNECT, "Too many open files"),
            "550 5.4.300 Message expired -> 452 4.3.1 Insufficient system resources"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("expiries")
  void expiresAs(Failure failure, String finalError) {
    FinalError expired = lastError(failure, destination()).expired();

    assertThat(expired).hasToString(finalError);
    assertThat(expired.status()).hasToString(finalError.split(" ")[1]);
    assertThat(expired.reply()).doesNotContain("(");
  }

  @Test
  void aFailureIsNeitherSuccessNorHalfWay() {
    assertThatIllegalArgumentException().isThrownBy(() -> replied(Stage.RCPT, 250, "Ok"));
    assertThatIllegalArgumentException().isThrownBy(() -> replied(Stage.DATA, 354, "Go on"));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new FinalError(EnhancedStatusCode.of("4.4.7"), "450 4.4.7", Optional.empty()));
  }

  private LastError lastError(Failure failure, Destination destination) {
    return classifier.classify(failure, Optional.of(destination)).lastError();
  }

  private static Failure dns(DnsProblem problem, boolean mxRouted) {
    return new Failure.Dns(problem, mxRouted);
  }

  private static Failure replied(Stage stage, int code, String text) {
    return new Failure.Replied(stage, SmtpReply.of(code, text), false);
  }

  private static String unknown(String reply) {
    return "550 5.1.351 Remote server returned unknown recipient or mailbox unavailable -> "
        + reply;
  }

  private static String other(String reply) {
    return "550 5.0.350 Remote server returned an error -> " + reply;
  }

  private static Destination destination() {
    try {
      InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      return new Destination(
          "mail.contoso.example", Optional.of(new InetSocketAddress(loopback, 2525)));
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
