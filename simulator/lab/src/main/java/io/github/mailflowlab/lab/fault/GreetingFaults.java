package io.github.mailflowlab.lab.fault;

import static io.github.mailflowlab.lab.fault.Fault.host;
import static io.github.mailflowlab.lab.fault.Fault.smtp;
import static io.github.mailflowlab.lab.fault.Fault.tls;
import static io.github.mailflowlab.lab.smtp.Action.END;
import static io.github.mailflowlab.lab.smtp.Action.HUSH;
import static io.github.mailflowlab.lab.smtp.Action.OBEY;
import static io.github.mailflowlab.lab.smtp.Action.reworded;
import static io.github.mailflowlab.lab.smtp.Action.say;
import static io.github.mailflowlab.lab.smtp.HostBehaviour.HEALTHY;

import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.lab.smtp.Action;
import java.util.List;

/** Greeting, EHLO and the offer of TLS (failure-catalogue 4 and 5). */
final class GreetingFaults {
  private GreetingFaults() {}

  static List<Fault> rows() {
    return List.of(
        smtp("smtp.banner.421", Stage.BANNER, say("421 4.3.2 Service not available").then(END)),
        smtp("smtp.banner.554", Stage.BANNER, say("554 5.7.1 No mail from you").then(END)),
        smtp("smtp.banner.none", Stage.BANNER, HUSH),
        smtp("smtp.ehlo.500", Stage.EHLO, onlyHelo("500 5.5.1 Unrecognized command")),
        smtp("smtp.ehlo.502", Stage.EHLO, onlyHelo("502 5.5.1 Command not implemented")),
        smtp("smtp.ehlo.stall", Stage.EHLO, HUSH),
        smtp("smtp.ehlo.drop", Stage.EHLO, END),
        host("tls.offer.absent", HEALTHY.without("STARTTLS")).under(TlsSettings.ENCRYPTION_ONLY),
        tls("tls.offer.454", Stage.STARTTLS, say("454 4.7.0 TLS not available")),
        tls("tls.offer.220-stall", Stage.STARTTLS, say("220 2.0.0 Ready to start TLS").then(HUSH)),
        tls("tls.offer.220-plain", Stage.TLS, say("500 5.5.1 Unrecognized command")),
        tls("tls.offer.220-glued", Stage.STARTTLS, reworded(text -> text + "250 2.0.0 Hi\r\n")),
        tls("tls.offer.drop", Stage.STARTTLS, END),
        smtp("smtp.530-starttls", Stage.MAIL, onlyInTls()));
  }

  /** Without MAIL nothing else gets anywhere. */
  private static Action onlyInTls() {
    Action refuse = say("530 5.7.0 Must issue a STARTTLS command first");
    return turn -> (turn.isInTls() ? OBEY : refuse).perform(turn);
  }

  /** HELO is answered as ever. */
  private static Action onlyHelo(String refusal) {
    Action refuse = say(refusal);
    return turn -> {
      boolean isEhlo = turn.command().regionMatches(true, 0, "EHLO", 0, 4);
      (isEhlo ? refuse : OBEY).perform(turn);
    };
  }
}
