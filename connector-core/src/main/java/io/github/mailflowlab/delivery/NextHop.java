package io.github.mailflowlab.delivery;

import io.github.mailflowlab.mail.DomainName;
import java.util.Optional;

/**
 * What a queue is for: a connector's smart hosts, or one recipient domain of an MX-routed
 * connector. The smart hosts themselves are read from the connector when an attempt starts, so
 * repairing the connector helps the mail that waits.
 *
 * @param connector the connector's name
 * @param mxDomain present when the recipient domain's MX records lead the way
 */
public record NextHop(String connector, Optional<DomainName> mxDomain) {
  /** Exchange's name for the kind of queue (exchange-online-behaviour 3.3). */
  public String deliveryType() {
    return mxDomain.isPresent() ? "DnsConnectorDelivery" : "SmartHostConnectorDelivery";
  }
}
