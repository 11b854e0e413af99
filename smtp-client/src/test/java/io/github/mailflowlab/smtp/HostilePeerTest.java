package io.github.mailflowlab.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.delivery.AttemptReport;
import io.github.mailflowlab.delivery.Transport.Attempt;
import io.github.mailflowlab.lab.Lab;
import io.github.mailflowlab.mail.Mailbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Peers that say anything at any time: there is a report all the same, and nothing is invented. */
final class HostilePeerTest {
  private static final int SEEDS = 80;

  private static final List<String> WORDS =
      List.of(
          "220 hello\r\n",
          "220 go\r\n",
          "250-hello\r\n250-STARTTLS\r\n250 8BITMIME\r\n",
          "250 STARTTLS\r\n",
          "250 ok\r\n",
          "250 ok\r\n",
          "250-more\r\n",
          "354 go\r\n",
          "421 bye\r\n",
          "450 later\r\n",
          "550 never\r\n",
          "250 half a li",
          "\r\n",
          "\n",
          "250 \u0000\u00ff\u001b[2J\r\n",
          "\u0015\u0003\u0003\u0000\u0002\u0002(",
          "\u0016\u0003\u0003\u0000\u0004\u0002\u0000\u0000\u0000",
          "\u0016\u0003\u0003\u00ff\u00ff");

  @Test
  void getsAReportWhateverAPeerSays() {
    List<TinyHost> hosts = new ArrayList<>();
    List<Attempt> attempts = new ArrayList<>();
    try (Lab lab = Lab.start(Mailing.CLOCK);
        SmtpTransport transport =
            SmtpTransport.start(Mailing.settings(lab, Duration.ofMillis(400)))) {
      for (int seed = 0; seed < SEEDS; seed++) {
        TinyHost host = babbler(new Random(seed));
        hosts.add(host);
        TlsSettings settings = List.of(TlsSettings.values()).get(seed % 4);
        attempts.add(
            transport.start(
                Mailing.request(
                    Mailing.connector(Optional.empty(), settings, host.smartHost()),
                    Mailing.HELLO,
                    Mailing.BOB,
                    Mailbox.of("carol@contoso.example"))));
      }
      for (int seed = 0; seed < SEEDS; seed++) {
        AttemptReport report = Mailing.reportOf(attempts.get(seed));

        assertThat(report.delivered().size() + report.refused().size())
            .as("seed %d: %s", seed, report)
            .matches(decided -> decided == 2 || report.failure().isPresent());
        assertThat(String.join("", report.transcript())).as("seed %d", seed).matches("\\P{Cntrl}*");
      }
    } finally {
      hosts.forEach(TinyHost::close);
    }
  }

  /** Says a random word or two for each command, and then ends or falls silent. */
  private static TinyHost babbler(Random random) {
    return TinyHost.start(
        session -> {
          session.out().write(octets("220 hello\r\n"));
          for (int i = 0; i < 12 && session.in().readLine() != null; i++) {
            int words = 1 + random.nextInt(8) / 7;
            for (int word = 0; word < words; word++) {
              session.out().write(octets(WORDS.get(random.nextInt(WORDS.size()))));
            }
            session.out().flush();
          }
          if (random.nextBoolean()) {
            end(session, random.nextBoolean());
          }
        });
  }

  private static void end(TinyHost.Session session, boolean reset) throws IOException {
    session.socket().setSoLinger(reset, 0);
    session.socket().close();
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
