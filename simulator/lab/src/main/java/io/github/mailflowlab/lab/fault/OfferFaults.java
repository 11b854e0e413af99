package io.github.mailflowlab.lab.fault;

import static io.github.mailflowlab.lab.fault.Fault.host;
import static io.github.mailflowlab.lab.fault.Fault.smtp;
import static io.github.mailflowlab.lab.fault.Fault.tls;
import static io.github.mailflowlab.lab.smtp.Action.END;
import static io.github.mailflowlab.lab.smtp.Action.HUSH;
import static io.github.mailflowlab.lab.smtp.Action.OBEY;
import static io.github.mailflowlab.lab.smtp.Action.either;
import static io.github.mailflowlab.lab.smtp.Action.reworded;
import static io.github.mailflowlab.lab.smtp.Action.say;
import static io.github.mailflowlab.lab.smtp.HostBehaviour.HEALTHY;

import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.lab.smtp.Action;
import io.github.mailflowlab.lab.smtp.HostBehaviour;
import java.util.List;

/** The offer of TLS, and EHLO within it (failure-catalogue 5). */
final class OfferFaults {
  private static final String OFFER = "250-STARTTLS\r\n";

  private OfferFaults() {}

  static List<Fault> rows() {
    return List.of(
        host("tls.offer.absent", HEALTHY.without("STARTTLS")).under(TlsSettings.ENCRYPTION_ONLY),
        tls("tls.offer.sometimes", Stage.EHLO, everySecondTime()),
        host("tls.offer.masked", masked()).under(TlsSettings.ENCRYPTION_ONLY),
        tls("tls.offer.454", Stage.STARTTLS, say("454 4.7.0 TLS not available")),
        tls("tls.offer.5yz", Stage.STARTTLS, say("554 5.7.3 TLS not available")),
        tls("tls.offer.220-stall", Stage.STARTTLS, say("220 2.0.0 Ready to start TLS").then(HUSH)),
        tls("tls.offer.220-plain", Stage.TLS, say("500 5.5.1 Unrecognized command")),
        tls("tls.offer.220-glued", Stage.STARTTLS, reworded(text -> text + "250 2.0.0 Hi\r\n")),
        tls("tls.offer.drop", Stage.STARTTLS, END),
        tls("tls.after.ehlo-5yz", Stage.EHLO, inTls(say("554 5.7.1 Not to you"))),
        tls("tls.after.no-caps", Stage.EHLO, inTls(reworded(OfferFaults::onlyTheName))),
        tls(
            "tls.after.starttls-again",
            Stage.EHLO,
            inTls(reworded(text -> text.replaceFirst("250 ", OFFER + "250 ")))),
        smtp("smtp.530-starttls", Stage.MAIL, onlyInTls()));
  }

  /** Not to the first client. */
  private static Action everySecondTime() {
    return either(
        turn -> turn.situation().session() % 2 == 1,
        reworded(text -> text.replace(OFFER, "")),
        OBEY);
  }

  /** As an inspecting firewall leaves it, which overwrites the command as well. */
  private static HostBehaviour masked() {
    return HEALTHY
        .with(Stage.EHLO, reworded(text -> text.replace("STARTTLS", "XXXXXXXA")))
        .with(Stage.STARTTLS, say("500 5.5.1 Unrecognized command"));
  }

  /** Without MAIL nothing else gets anywhere. */
  private static Action onlyInTls() {
    return either(
        turn -> turn.situation().isInTls(),
        OBEY,
        say("530 5.7.0 Must issue a STARTTLS command first"));
  }

  private static Action inTls(Action action) {
    return either(turn -> turn.situation().isInTls(), action, OBEY);
  }

  private static String onlyTheName(String reply) {
    return reply.replaceFirst("(?s)^250[ -](\\S+).*", "250 $1\r\n");
  }
}
