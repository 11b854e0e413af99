package io.github.mailflowlab.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.mailflowlab.failure.ConnectProblem;
import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.status.SmtpReply;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DeliveryTest {
  private static final Mailbox A = Mailbox.of("a@contoso.example");
  private static final Mailbox B = Mailbox.of("b@contoso.example");
  private static final Mailbox C = Mailbox.of("c@contoso.example");
  private static final SmtpReply OK = SmtpReply.of(250, "2.0.0 Ok");
  private static final Failure UNKNOWN =
      new Failure.Replied(Stage.RCPT, SmtpReply.of(550, "5.1.1 Unknown"), false);
  private static final Failure REFUSED = new Failure.Connect(ConnectProblem.REFUSED);

  @Test
  void aReportAnswersForEveryRecipient() {
    AttemptReport report =
        new AttemptReport(
            Optional.empty(),
            Map.of(A, OK),
            false,
            Map.of(B, UNKNOWN),
            Optional.of(REFUSED),
            Optional.empty(),
            List.of());

    assertThat(report.failureOf(A)).isEmpty();
    assertThat(report.failureOf(B)).contains(UNKNOWN);
    assertThat(report.failureOf(C)).contains(REFUSED);
  }

  @Test
  void aFailedAttemptFailedForAll() {
    AttemptReport report = AttemptReport.failed(REFUSED, Optional.empty(), List.of("=== Trying"));

    assertThat(report.failureOf(A)).contains(REFUSED);
    assertThat(report.delivered()).isEmpty();
    assertThat(report.transcript()).containsExactly("=== Trying");
  }

  @Test
  void nobodyIsDeliveredAndRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new AttemptReport(
                    Optional.empty(),
                    Map.of(A, OK),
                    false,
                    Map.of(A, UNKNOWN),
                    Optional.empty(),
                    Optional.empty(),
                    List.of()));
  }

  @Test
  void aDestinationPrintsItsAddressAndActualPort() throws UnknownHostException {
    Destination ipv4 = destination(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    assertThat(ipv4.ip()).contains("127.0.0.1");
    assertThat(ipv4.addressAndPort()).contains("127.0.0.1:2525");

    byte[] loopback = new byte[16];
    loopback[15] = 1;
    assertThat(destination(InetAddress.getByAddress(loopback)).addressAndPort())
        .contains("[0:0:0:0:0:0:0:1]:2525");
  }

  @Test
  void aDestinationWithoutAnAddressHasOnlyItsName() {
    Destination destination = new Destination("mail.contoso.example", Optional.empty());
    assertThat(destination.addressAndPort()).isEmpty();
    assertThat(destination.ip()).isEmpty();
    InetSocketAddress unresolved = InetSocketAddress.createUnresolved("mail", 25);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Destination("mail", Optional.of(unresolved)));
  }

  private static Destination destination(InetAddress address) {
    return new Destination("mail", Optional.of(new InetSocketAddress(address, 2525)));
  }
}
