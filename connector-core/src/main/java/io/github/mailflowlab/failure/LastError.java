package io.github.mailflowlab.failure;

import io.github.mailflowlab.delivery.Destination;
import io.github.mailflowlab.status.ConnectorStatus;
import io.github.mailflowlab.status.EnhancedStatusCode;
import io.github.mailflowlab.status.ReturnStatus;
import java.util.Optional;

/**
 * The last error of a queue, message or recipient, in Exchange's form (design 4,
 * exchange-online-behaviour 1.2).
 *
 * @param condition the connector's own condition; absent when the remote's reply is the error
 * @param status the code without the three digits before it
 * @param reply the reply line: {@code 450 4.4.316 Connection refused}, or the remote's, verbatim
 * @param detail the text of {@code [Message=…]}; absent for a remote's reply
 * @param destination whom we tried last; absent when we got nowhere near anybody
 */
public record LastError(
    Optional<ConnectorStatus> condition,
    EnhancedStatusCode status,
    String reply,
    Optional<String> detail,
    Optional<Destination> destination) {

  static LastError of(ConnectorStatus condition, String detail, Optional<Destination> destination) {
    return new LastError(
        Optional.of(condition),
        condition.code(),
        condition.deferredReply(),
        Optional.of(detail),
        destination);
  }

  /** What the sender gets when the message expires with this error. */
  public FinalError expired() {
    return condition
        .map(own -> new FinalError(own.expiredCode(), own.expiredReply(), detail))
        .orElseGet(
            () ->
                new FinalError(
                    ReturnStatus.EXPIRED.code(),
                    ReturnStatus.EXPIRED.reply(reply),
                    Optional.empty()));
  }

  /** Without brackets and labels, as in the queued messages report. */
  public String plain() {
    return reply + detail.map(text -> " " + text).orElse("");
  }

  /** {@code 450 4.4.316 Connection refused [Message=…] [LastAttemptedServerName=…] […IP=…]}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(reply);
    detail.ifPresent(message -> text.append(" [Message=").append(message).append(']'));
    destination.ifPresent(
        tried -> {
          text.append(" [LastAttemptedServerName=").append(tried.serverName()).append(']');
          tried
              .addressAndPort()
              .ifPresent(address -> text.append(" [LastAttemptedIP=").append(address).append(']'));
        });
    return text.toString();
  }
}
