package io.github.mailflowlab.lab.fault;

import static io.github.mailflowlab.lab.smtp.Action.END;
import static io.github.mailflowlab.lab.smtp.Action.HUSH;
import static io.github.mailflowlab.lab.smtp.Action.OBEY;
import static io.github.mailflowlab.lab.smtp.Action.RESET;
import static io.github.mailflowlab.lab.smtp.Action.TAKE;
import static io.github.mailflowlab.lab.smtp.Action.bytes;
import static io.github.mailflowlab.lab.smtp.Action.flood;
import static io.github.mailflowlab.lab.smtp.Action.reworded;
import static io.github.mailflowlab.lab.smtp.Action.say;
import static io.github.mailflowlab.lab.smtp.HostBehaviour.HEALTHY;

import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.lab.dns.DnsAnswer;
import io.github.mailflowlab.lab.pki.CertificateDefect;
import io.github.mailflowlab.lab.smtp.Action;
import io.github.mailflowlab.lab.smtp.HostBehaviour;
import io.github.mailflowlab.lab.smtp.Presence;
import io.github.mailflowlab.lab.smtp.Turn;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Every fault the lab can make, one row each, in the order of the catalogue. */
public final class FaultTable {
  /** The stages where a host can fall silent or vanish. */
  private static final Set<Stage> TRANSACTION =
      EnumSet.of(Stage.EHLO, Stage.MAIL, Stage.RCPT, Stage.DATA, Stage.BODY, Stage.DOT);

  /** The stages at which the host answers a command, from EHLO on. */
  private static final Set<Stage> REPLIES =
      EnumSet.of(
          Stage.EHLO,
          Stage.STARTTLS,
          Stage.MAIL,
          Stage.RCPT,
          Stage.DATA,
          Stage.DOT,
          Stage.RSET,
          Stage.QUIT);

  private final List<Fault> rows = new ArrayList<>();

  private FaultTable() {}

  /** The rows. */
  public static List<Fault> rows() {
    FaultTable table = new FaultTable();
    table.addDns();
    table.addTcp();
    table.addGreeting();
    table.addStartTls();
    table.addTransaction();
    table.addShapes();
    table.addHandshake();
    table.addCertificates();
    return List.copyOf(table.rows);
  }

  private void addDns() {
    dns("dns.nxdomain", DnsAnswer.NO_SUCH_NAME);
    dns("dns.nodata", DnsAnswer.NO_DATA);
    dns("dns.servfail", DnsAnswer.SERVER_FAILURE);
    dns("dns.timeout", DnsAnswer.SILENCE);
  }

  private void addTcp() {
    tcp("tcp.refused", Presence.REFUSING);
    tcp("tcp.blackhole", Presence.BLACKHOLE);
    smtp("tcp.rst-on-accept", Stage.BANNER, RESET);
    smtp("tcp.fin-on-accept", Stage.BANNER, END);
    smtp("tcp.silent", Stage.BANNER, HUSH);
    tcp("tcp.outage", Presence.REFUSING);
  }

  private void addGreeting() {
    smtp("smtp.banner.421", Stage.BANNER, say("421 4.3.2 Service not available").then(END));
    smtp("smtp.banner.554", Stage.BANNER, say("554 5.7.1 No mail from you").then(END));
    smtp("smtp.banner.none", Stage.BANNER, HUSH);
    smtp("smtp.ehlo.500", Stage.EHLO, onlyHelo("500 5.5.1 Unrecognized command"));
    smtp("smtp.ehlo.502", Stage.EHLO, onlyHelo("502 5.5.1 Command not implemented"));
    smtp("smtp.ehlo.stall", Stage.EHLO, HUSH);
    smtp("smtp.ehlo.drop", Stage.EHLO, END);
  }

  private void addStartTls() {
    tls("tls.offer.absent", HEALTHY.withoutStartTls());
    tls("tls.offer.454", Stage.STARTTLS, say("454 4.7.0 TLS not available"));
    tls("tls.offer.220-stall", Stage.STARTTLS, say("220 2.0.0 Ready to start TLS").then(HUSH));
    tls("tls.offer.220-plain", Stage.TLS, say("500 5.5.1 Unrecognized command"));
    tls("tls.offer.220-glued", Stage.STARTTLS, reworded(text -> text + "250 2.0.0 Injected\r\n"));
    tls("tls.offer.drop", Stage.STARTTLS, END);
  }

  private void addTransaction() {
    smtp("smtp.mail.4yz", Stage.MAIL, say("451 4.3.0 Try again later"));
    smtp("smtp.mail.5yz", Stage.MAIL, say("550 5.7.1 Sender refused"));
    smtp("smtp.rcpt.4yz", Stage.RCPT, say("450 4.2.1 Mailbox busy"));
    smtp("smtp.rcpt.5yz", Stage.RCPT, say("550 5.1.1 User unknown"));
    smtp("smtp.rcpt.mixed", Stage.RCPT, FaultTable::answerByName);
    smtp("smtp.data.4yz", Stage.DATA, say("451 4.3.0 Try again later"));
    smtp("smtp.data.5yz", Stage.DATA, say("554 5.7.1 No data wanted"));
    smtp("smtp.body.drop", Stage.BODY, END);
    smtp("smtp.dot.4yz", Stage.DOT, say("452 4.3.1 Disk full"));
    smtp("smtp.dot.5yz", Stage.DOT, say("554 5.6.0 Content refused"));
    smtp("smtp.dot.drop-accepted", Stage.DOT, TAKE.then(END));
    smtp("smtp.dot.drop-lost", Stage.DOT, END);
    smtp("smtp.quit.drop", Stage.QUIT, END);
    smtp("smtp.quit.stall", Stage.QUIT, HUSH);
    for (Stage stage : TRANSACTION) {
      smtp("smtp.stall." + stage.id(), stage, HUSH);
      smtp("smtp.drop." + stage.id(), stage, END);
      smtp("smtp.rst." + stage.id(), stage, RESET);
    }
  }

  private void addShapes() {
    shape("shape.bare-lf", REPLIES, reworded(text -> text.replace("\r\n", "\n")));
    shape("shape.code-only", REPLIES, reworded(text -> text.substring(0, 3) + "\r\n"));
    shape("shape.no-separator", REPLIES, reworded(text -> text.substring(0, 3) + "ok\r\n"));
    smtp("shape.mixed-codes", Stage.EHLO, say("250-Hello", "550 Go away"));
    smtp("shape.long-line", Stage.EHLO, say("250 " + "x".repeat(100_000)));
    smtp("shape.endless", Stage.EHLO, flood("250-And another thing\r\n".repeat(100)));
    shape(
        "shape.binary",
        EnumSet.of(Stage.MAIL, Stage.RCPT, Stage.DOT),
        reworded(text -> text.replace("\r\n", " \0\u00ff\u00c3\u001b[31m\r\n")));
  }

  private void addHandshake() {
    tls("tls.hs.version", Stage.TLS, bytes(alert(70)).then(END));
    tls("tls.hs.garbage", Stage.TLS, bytes(noise()));
    tls("tls.hs.eof", Stage.TLS, END);
    tls("tls.hs.rst", Stage.TLS, RESET);
    tls("tls.hs.stall", Stage.TLS, HUSH);
  }

  private void addCertificates() {
    cert("cert.good", CertificateDefect.NONE);
    cert("cert.expired", CertificateDefect.EXPIRED);
    cert("cert.not-yet", CertificateDefect.NOT_YET_VALID);
    cert("cert.inter-expired", CertificateDefect.INTERMEDIATE_EXPIRED);
    cert("cert.self-signed", CertificateDefect.SELF_SIGNED);
    cert("cert.untrusted-root", CertificateDefect.UNTRUSTED_ROOT);
    cert("cert.missing-inter", CertificateDefect.MISSING_INTERMEDIATE);
    add(
        Fault.of("cert.name", HEALTHY.with(CertificateDefect.OTHER_NAME))
            .under(TlsSettings.DOMAIN_VALIDATION));
    cert("cert.cn-only", CertificateDefect.CN_ONLY);
    cert("cert.wild", CertificateDefect.WILDCARD);
  }

  private void dns(String id, DnsAnswer answer) {
    add(Fault.of(id, answer));
  }

  private void tcp(String id, Presence presence) {
    add(Fault.of(id, HEALTHY.with(presence)));
  }

  private void smtp(String id, Stage stage, Action action) {
    add(Fault.of(id, HEALTHY.with(stage, action)));
  }

  private void shape(String id, Set<Stage> stages, Action action) {
    HostBehaviour behaviour = HEALTHY;
    for (Stage stage : stages) {
      behaviour = behaviour.with(stage, action);
    }
    add(Fault.of(id, behaviour));
  }

  private void tls(String id, Stage stage, Action action) {
    tls(id, HEALTHY.with(stage, action));
  }

  private void tls(String id, HostBehaviour behaviour) {
    add(Fault.of(id, behaviour).under(TlsSettings.ENCRYPTION_ONLY));
  }

  private void cert(String id, CertificateDefect defect) {
    add(Fault.of(id, HEALTHY.with(defect)).under(TlsSettings.CERTIFICATE_VALIDATION));
  }

  private void add(Fault fault) {
    rows.add(fault);
  }

  /** HELO is answered as ever. */
  private static Action onlyHelo(String refusal) {
    return turn -> (isVerb(turn.command(), "EHLO") ? say(refusal) : OBEY).perform(turn);
  }

  /** The local part says what becomes of the recipient. */
  private static void answerByName(Turn turn) {
    String path = turn.command().toLowerCase(Locale.ROOT);
    if (path.contains("<defer")) {
      say("450 4.2.1 Mailbox busy").perform(turn);
    } else if (path.contains("<unknown")) {
      say("550 5.1.1 User unknown").perform(turn);
    } else {
      OBEY.perform(turn);
    }
  }

  private static boolean isVerb(String command, String verb) {
    return command.regionMatches(true, 0, verb, 0, verb.length());
  }

  /** A fatal TLS alert in a record of TLS 1.0 (RFC 8446 6). */
  private static byte[] alert(int description) {
    return new byte[] {0x15, 0x03, 0x01, 0x00, 0x02, 0x02, (byte) description};
  }

  /** Bytes that are neither TLS nor text; always the same ones. */
  private static byte[] noise() {
    byte[] noise = new byte[64];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (byte) (0x80 | (i * 37));
    }
    return noise;
  }
}
