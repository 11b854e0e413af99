package io.github.mailflowlab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LabExtension.class)
final class SmtpFaultTest {
  private static final String[] DIALOGUE = {
    "EHLO client.example",
    "MAIL FROM:<a@contoso.example>",
    "RCPT TO:<b@lab.example>",
    "DATA",
    "Subject: x\r\n\r\nbody\r\n.",
    "QUIT"
  };

  private final Lab lab;

  SmtpFaultTest(Lab lab) {
    this.lab = lab;
  }

  /**
   * The first reply that is not the healthy one, how many commands came before, messages stored.
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tcp.fin-on-accept      | 0 | EOF                              | 0
          tcp.silent             | 0 | silence                          | 0
          smtp.banner.421        | 0 | 421 4.3.2 Service not available  | 0
          smtp.banner.4yz        | 0 | 450 4.3.2 Try again later        | 0
          smtp.banner.521        | 0 | 521 5.3.2 No mail here           | 0
          smtp.banner.554        | 0 | 554 5.7.1 No mail from you       | 0
          smtp.banner.none       | 0 | silence                          | 0
          smtp.ehlo.500          | 1 | 500 5.5.1 Unrecognized command   | 0
          smtp.ehlo.502          | 1 | 502 5.5.1 Command not implemented | 0
          smtp.ehlo.421          | 1 | 421 4.3.2 Shutting down          | 0
          smtp.ehlo.stall        | 1 | silence                          | 0
          smtp.ehlo.drop         | 1 | EOF                              | 0
          smtp.mail.4yz          | 2 | 451 4.3.0 Try again later        | 0
          smtp.mail.5yz          | 2 | 550 5.7.1 Sender refused         | 0
          smtp.rcpt.4yz          | 3 | 450 4.2.1 Mailbox busy           | 0
          smtp.rcpt.5yz          | 3 | 550 5.1.1 User unknown           | 0
          smtp.auth-demanded     | 2 | 530 5.7.0 Authentication required | 0
          smtp.size              | 5 | 552 5.3.4 Message too big        | 0
          smtp.data.4yz          | 4 | 451 4.3.0 Try again later        | 0
          smtp.data.5yz          | 4 | 554 5.7.1 No data wanted         | 0
          smtp.body.drop         | 5 | EOF                              | 0
          smtp.body.early-reply  | 5 | 552 5.3.4 Message too big        | 0
          smtp.dot.4yz           | 5 | 452 4.3.1 Disk full              | 0
          smtp.dot.5yz           | 5 | 554 5.6.0 Content refused        | 0
          smtp.dot.drop-accepted | 5 | EOF                              | 1
          smtp.dot.drop-lost     | 5 | EOF                              | 0
          smtp.quit.drop         | 6 | EOF                              | 1
          smtp.quit.stall        | 6 | silence                          | 1
          smtp.530-starttls      | 2 | 530 5.7.0 Must issue a STARTTLS command first | 0
          smtp.421-anytime       | 2 | 421 4.3.2 Shutting down          | 0
          smtp.stall.ehlo        | 1 | silence                          | 0
          smtp.stall.mail        | 2 | silence                          | 0
          smtp.stall.rcpt        | 3 | silence                          | 0
          smtp.stall.data        | 4 | silence                          | 0
          smtp.stall.body        | 5 | silence                          | 0
          smtp.stall.dot         | 5 | silence                          | 0
          smtp.stall.quit        | 6 | silence                          | 1
          smtp.drop.ehlo         | 1 | EOF                              | 0
          smtp.drop.mail         | 2 | EOF                              | 0
          smtp.drop.rcpt         | 3 | EOF                              | 0
          smtp.drop.data         | 4 | EOF                              | 0
          smtp.drop.body         | 5 | EOF                              | 0
          smtp.drop.dot          | 5 | EOF                              | 0
          smtp.drop.quit         | 6 | EOF                              | 1
          smtp.rst.ehlo          | 1 | RST                              | 0
          smtp.rst.mail          | 2 | RST                              | 0
          smtp.rst.rcpt          | 3 | RST                              | 0
          smtp.rst.data          | 4 | RST                              | 0
          smtp.rst.body          | 5 | RST                              | 0
          smtp.rst.dot           | 5 | RST                              | 0
          smtp.rst.quit          | 6 | RST                              | 1
          none                   | 6 | 221 2.0.0 Bye                    | 1
          """)
  void showsAtItsStageAndNotBefore(String id, int stage, String seen, int stored)
      throws IOException {
    try (StagedFault fault = id.equals("none") ? lab.stageHealthy() : lab.stage(id);
        PlainClient client = PlainClient.connect(fault.smartHost())) {
      int said = 0;
      String reply = expecting(seen, said == stage, client).reply();
      while (isHealthy(reply) && said < DIALOGUE.length) {
        said++;
        reply = expecting(seen, said == stage, client).send(DIALOGUE[said - 1]);
      }
      assertThat(said).isEqualTo(stage);
      assertThat(reply).isEqualTo(seen);
      assertThat(fault.received()).hasSize(stored);
    }
  }

  private static PlainClient expecting(String seen, boolean now, PlainClient client)
      throws IOException {
    return now && seen.equals("silence") ? client.impatient() : client;
  }

  private static boolean isHealthy(String reply) {
    return reply.startsWith("2") || reply.startsWith("3");
  }
}
