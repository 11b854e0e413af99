package io.github.mailflowlab.lab.smtp;

import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.lab.pki.CertificatePlan;
import java.util.EnumMap;
import java.util.Map;

/**
 * How a host behaves, as a value: the whole fault, apart from DNS.
 *
 * @param presence whether it can be reached
 * @param offersStartTls whether EHLO announces STARTTLS
 * @param offersTls13 whether it knows TLS 1.3, beside TLS 1.2
 * @param certificate which certificate it presents, and when
 * @param script the stages at which it does not do as a healthy host does. {@code BANNER} is the
 *     connection just accepted, {@code TLS} the first bytes of the handshake, {@code BODY} the
 *     first bytes of the content, {@code DOT} the end of the content
 */
public record HostBehaviour(
    Presence presence,
    boolean offersStartTls,
    boolean offersTls13,
    CertificatePlan certificate,
    Map<Stage, Action> script) {
  /** Takes all mail, offers STARTTLS with a good certificate. */
  public static final HostBehaviour HEALTHY =
      new HostBehaviour(Presence.LISTENING, true, true, CertificatePlan.GOOD, Map.of());

  public HostBehaviour {
    script = Map.copyOf(script);
  }

  /** The same host, reachable or not. */
  public HostBehaviour with(Presence other) {
    return new HostBehaviour(other, offersStartTls, offersTls13, certificate, script);
  }

  /** The same host with other certificates. */
  public HostBehaviour with(CertificatePlan other) {
    return new HostBehaviour(presence, offersStartTls, offersTls13, other, script);
  }

  /** The same host, which knows no STARTTLS. */
  public HostBehaviour withoutStartTls() {
    return new HostBehaviour(presence, false, offersTls13, certificate, script);
  }

  /** The same host, which knows nothing newer than TLS 1.2. */
  public HostBehaviour withoutTls13() {
    return new HostBehaviour(presence, offersStartTls, false, certificate, script);
  }

  /** The same host, which does that at this stage. */
  public HostBehaviour with(Stage stage, Action action) {
    Map<Stage, Action> extended = new EnumMap<>(Stage.class);
    extended.putAll(script);
    extended.put(stage, action);
    return new HostBehaviour(presence, offersStartTls, offersTls13, certificate, extended);
  }

  Action at(Stage stage) {
    return script.getOrDefault(stage, Action.OBEY);
  }

  boolean actsAt(Stage stage) {
    return script.containsKey(stage);
  }
}
