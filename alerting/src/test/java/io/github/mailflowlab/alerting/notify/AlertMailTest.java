package io.github.mailflowlab.alerting.notify;

import static io.github.mailflowlab.alerting.Fixtures.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.alerting.Alert;
import io.github.mailflowlab.alerting.Fixtures;
import io.github.mailflowlab.mail.DomainName;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.routing.AcceptedDomain;
import io.github.mailflowlab.routing.Organization;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Alerts and the exact mails about them, side by side. */
final class AlertMailTest {
  private static final Organization CONTOSO =
      new Organization(
          List.of(
              new AcceptedDomain(
                  DomainName.of("contoso.example"), AcceptedDomain.Type.INTERNAL_RELAY, Set.of())),
          List.of(Mailbox.of("admin@contoso.example"), Mailbox.of("deputy@contoso.example")));
  private static final Instant RAISED = START.plus(Duration.ofHours(1));

  @Test
  void tellsOfANewAlert() {
    Alert alert = Fixtures.alert("To on-premises", "mail.contoso.example:2525");

    assertThat(compose(alert, RAISED))
        .isEqualTo(
            """
            Date: Mon, 05 Jan 2026 09:00:00 +0000
            From: <postmaster@contoso.example>
            To: <admin@contoso.example>,
             <deputy@contoso.example>
            Message-ID: <amk0bh2801.raised@contoso.example>
            Subject: High: Messages have been delayed (To on-premises)
            Auto-Submitted: auto-generated
            MIME-Version: 1.0
            Content-Type: multipart/alternative; boundary="=_alternative"

            --=_alternative
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            Mail behind the connector "To on-premises" does not get through: 212 delaye=
            d.

            Severity: High
            Policy: Messages have been delayed
            Status: Active
            Time: 2026-01-05 09:00:00 UTC
            Activity: MessagesQueued
            Activity count: 212 (threshold 200)
            Connector: To on-premises
            Destination server: mail.contoso.example:2525
            Last error: 450 4.4.316 Connection refused [Message=3DSocket error code 100=
            61] [LastAttemptedServerName=3Dmail.contoso.example] [LastAttemptedIP=3D127=
            .0.0.1:2525]
            Alert id: amk0bh2801

            What to do:
            1. Open the firewall.
            2. Try again.

            The mail is tried again until it expires; what expires goes back to its sen=
            der.
            --=_alternative
            Content-Type: text/html; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            <!DOCTYPE html>
            <html lang=3D"en"><body>
            <p>Mail behind the connector &quot;To on-premises&quot; does not get throug=
            h: 212 delayed.</p>
            <table>
            <tr><th align=3D"left">Severity</th><td>High</td></tr>
            <tr><th align=3D"left">Policy</th><td>Messages have been delayed</td></tr>
            <tr><th align=3D"left">Status</th><td>Active</td></tr>
            <tr><th align=3D"left">Time</th><td>2026-01-05 09:00:00 UTC</td></tr>
            <tr><th align=3D"left">Activity</th><td>MessagesQueued</td></tr>
            <tr><th align=3D"left">Activity count</th><td>212 (threshold 200)</td></tr>
            <tr><th align=3D"left">Connector</th><td>To on-premises</td></tr>
            <tr><th align=3D"left">Destination server</th><td>mail.contoso.example:2525=
            </td></tr>
            <tr><th align=3D"left">Last error</th><td>450 4.4.316 Connection refused [M=
            essage=3DSocket error code 10061] [LastAttemptedServerName=3Dmail.contoso.e=
            xample] [LastAttemptedIP=3D127.0.0.1:2525]</td></tr>
            <tr><th align=3D"left">Alert id</th><td>amk0bh2801</td></tr>
            </table>
            <p>What to do:</p>
            <ol>
            <li>Open the firewall.</li>
            <li>Try again.</li>
            </ol>
            <p>The mail is tried again until it expires; what expires goes back to its =
            sender.</p>
            </body></html>
            --=_alternative--
            """
                .replace("\n", "\r\n"));
  }

  @Test
  void tellsOfItsEnd() {
    Alert alert = Fixtures.resolved(Fixtures.alert("To on-premises", ""), RAISED.plusSeconds(90));

    assertThat(compose(alert, RAISED.plusSeconds(90)))
        .contains("Date: Mon, 05 Jan 2026 09:01:30 +0000\r\n")
        .contains("Message-ID: <amk0bh2801.resolved@contoso.example>\r\n")
        .contains("Subject: Resolved: Messages have been delayed (To on-premises)\r\n")
        .contains("Time: 2026-01-05 09:00:00 UTC\r\nResolved: 2026-01-05 09:01:30 UTC\r\n")
        .contains("Destination server: by MX record\r\n")
        .doesNotContain("What to do");
  }

  @Test
  void noNameCanBreakOutOfItsLine() {
    String mail = compose(Fixtures.alert("Zür\r\nBcc: eve@fabrikam.example", ""), RAISED);

    assertThat(mail).doesNotContain("\nBcc:");
    assertThat(mail.chars()).allMatch(c -> c == '\r' || c == '\n' || (c >= ' ' && c < 0x7f));
    assertThat(mail.split("\r\n")).allMatch(line -> line.length() <= 76);
  }

  @Test
  void nothingThatAPeerSaysIsMarkup() {
    String mail = compose(Fixtures.alert("<b>\"&", "<img src=x>"), RAISED);

    assertThat(mail)
        .contains("<td>&lt;b&gt;&quot;&amp;</td>", "<td>&lt;img src=3Dx&gt;</td>")
        .doesNotContain("<td><img");
  }

  private static String compose(Alert alert, Instant now) {
    return new String(AlertMail.compose(alert, CONTOSO, now), StandardCharsets.ISO_8859_1);
  }
}
