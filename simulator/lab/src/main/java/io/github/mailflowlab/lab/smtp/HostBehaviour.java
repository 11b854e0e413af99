package io.github.mailflowlab.lab.smtp;

import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.lab.pki.CertificatePlan;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * How a host behaves, as a value: the whole fault, apart from DNS.
 *
 * @param presence how it is reached
 * @param extensions what its reply to EHLO announces and it knows
 * @param tls how it does its handshake
 * @param certificate which certificate it presents, and when
 * @param script the stages at which it does not do as a healthy host does. {@code BANNER} is the
 *     connection just accepted, {@code TLS} the first bytes of the handshake, {@code BODY} the
 *     first bytes of the content, {@code DOT} the end of the content; with BDAT, {@code DATA} is
 *     the end of the first chunk and {@code DOT} that of the last. {@code CERTIFICATE} is the end
 *     of the handshake
 * @param firewall what stands before it, if anything; made anew for each session
 */
public record HostBehaviour(
    Presence presence,
    Extensions extensions,
    TlsManner tls,
    CertificatePlan certificate,
    Map<Stage, Action> script,
    Optional<Supplier<Firewall>> firewall) {
  /** Takes all mail, offers STARTTLS with a good certificate. */
  public static final HostBehaviour HEALTHY =
      new HostBehaviour(
          Presence.LISTENING,
          Extensions.ALL,
          TlsManner.HEALTHY,
          CertificatePlan.GOOD,
          Map.of(),
          Optional.empty());

  public HostBehaviour {
    script = Map.copyOf(script);
  }

  /** The same host, reached so. */
  public HostBehaviour with(Presence other) {
    return new HostBehaviour(other, extensions, tls, certificate, script, firewall);
  }

  /** The same host with other certificates. */
  public HostBehaviour with(CertificatePlan other) {
    return new HostBehaviour(presence, extensions, tls, other, script, firewall);
  }

  /**
   * The same host, which knows nothing of these extensions.
   *
   * @param keywords of the reply to EHLO, such as {@code DSN}
   * @throws IllegalArgumentException for a keyword that this host does not offer
   */
  public HostBehaviour without(String... keywords) {
    return new HostBehaviour(
        presence, extensions.without(keywords), tls, certificate, script, firewall);
  }

  /** The same host, which knows nothing newer than TLS 1.2. */
  public HostBehaviour withoutTls13() {
    return with(new TlsManner(List.of("TLSv1.2"), false, 0));
  }

  /** The same host with another way of doing its handshake. */
  public HostBehaviour with(TlsManner other) {
    return new HostBehaviour(presence, extensions, other, certificate, script, firewall);
  }

  /** The same host behind a firewall, one for each session. */
  public HostBehaviour behind(Supplier<Firewall> other) {
    return new HostBehaviour(presence, extensions, tls, certificate, script, Optional.of(other));
  }

  /** The same host, which does that at this stage. */
  public HostBehaviour with(Stage stage, Action action) {
    Map<Stage, Action> extended = new EnumMap<>(Stage.class);
    extended.putAll(script);
    extended.put(stage, action);
    return new HostBehaviour(presence, extensions, tls, certificate, extended, firewall);
  }

  /** The same host, which does that at these stages. */
  public HostBehaviour with(Set<Stage> stages, Action action) {
    HostBehaviour changed = this;
    for (Stage stage : stages) {
      changed = changed.with(stage, action);
    }
    return changed;
  }

  /** What is unhealthy about this host, on top of what is about another one. */
  public HostBehaviour upon(HostBehaviour below) {
    Map<Stage, Action> both = new EnumMap<>(Stage.class);
    both.putAll(below.script);
    both.putAll(script);
    return new HostBehaviour(
        presence.upon(below.presence),
        below.extensions.sharedWith(extensions),
        tls.equals(HEALTHY.tls) ? below.tls : tls,
        certificate.equals(HEALTHY.certificate) ? below.certificate : certificate,
        both,
        firewall.or(() -> below.firewall));
  }

  /** The same host with another script. */
  public HostBehaviour with(Map<Stage, Action> other) {
    return new HostBehaviour(presence, extensions, tls, certificate, other, firewall);
  }

  Action at(Stage stage) {
    return script.getOrDefault(stage, Action.OBEY);
  }

  boolean actsAt(Stage stage) {
    return script.containsKey(stage);
  }
}
