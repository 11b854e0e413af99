package io.github.mailflowlab.smtp;

import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.config.SmartHost;
import io.github.mailflowlab.delivery.AttemptRequest;
import io.github.mailflowlab.mail.DomainName;
import io.github.mailflowlab.mail.Envelope;
import io.github.mailflowlab.mail.MessageContent;
import io.github.mailflowlab.smtp.dialogue.Order;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What one attempt is for.
 *
 * @param id for logs
 * @param connector with its demands
 * @param hosts the smart hosts in the order to try them; empty when MX-routed
 * @param mxDomain the domain whose MX records lead the way
 * @param mail absent for a connectivity check
 */
record Job(
    String id,
    Connector connector,
    List<SmartHost> hosts,
    Optional<DomainName> mxDomain,
    Optional<Mail> mail) {
  record Mail(Envelope envelope, MessageContent content) {
    /** What the dialogue has to know of it. */
    Order.Mail order() {
      return new Order.Mail(envelope, content.size());
    }
  }

  Job {
    hosts = List.copyOf(hosts);
  }

  /**
   * A delivery.
   *
   * @param first which of the smart hosts comes first, counted round and round
   */
  static Job of(AttemptRequest request, int first) {
    List<SmartHost> hosts = request.connector().smartHosts();
    if (hosts.size() > 1) {
      hosts = new ArrayList<>(hosts);
      Collections.rotate(hosts, -Math.floorMod(first, hosts.size()));
    }
    boolean mxRouted = request.nextHop().mxDomain().isPresent();
    return new Job(
        request.messageId(),
        request.connector(),
        mxRouted ? List.of() : hosts,
        request.nextHop().mxDomain(),
        Optional.of(new Mail(request.envelope(), request.content())));
  }

  /** The first way it would take. */
  Route route() {
    return route(mxDomain.map(DomainName::value).orElseGet(this::firstHost));
  }

  Route route(String via) {
    return new Route(connector, via);
  }

  private String firstHost() {
    return hosts.isEmpty() ? "" : viaOf(hosts.get(0));
  }

  static String viaOf(SmartHost host) {
    return host.host() + ":" + host.port();
  }

  static Job check(Connector connector, SmartHost host) {
    return new Job("check", connector, List.of(host), Optional.empty(), Optional.empty());
  }
}
