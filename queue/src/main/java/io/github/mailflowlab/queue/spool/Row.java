package io.github.mailflowlab.queue.spool;

import io.github.mailflowlab.delivery.Destination;
import io.github.mailflowlab.delivery.NextHop;
import io.github.mailflowlab.event.TraceEvent;
import io.github.mailflowlab.failure.LastError;
import io.github.mailflowlab.mail.BodyType;
import io.github.mailflowlab.mail.DomainName;
import io.github.mailflowlab.mail.EnvelopeId;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.Notify;
import io.github.mailflowlab.mail.OriginalRecipient;
import io.github.mailflowlab.mail.RecipientDsn;
import io.github.mailflowlab.mail.ReturnContent;
import io.github.mailflowlab.mail.ReversePath;
import io.github.mailflowlab.status.ConnectorStatus;
import io.github.mailflowlab.status.EnhancedStatusCode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The current row of a result, as the values it stands for. Confined to the caller. */
final class Row {
  private final ResultSet result;

  Row(ResultSet result) {
    this.result = result;
  }

  String text(String column) throws SQLException {
    @Nullable String value = result.getString(column);
    if (value == null) {
      throw new SQLException("column " + column + " is null");
    }
    return value;
  }

  Optional<String> maybeText(String column) throws SQLException {
    return Optional.ofNullable(result.getString(column));
  }

  long number(String column) throws SQLException {
    return result.getLong(column);
  }

  OptionalLong maybeNumber(String column) throws SQLException {
    long value = result.getLong(column);
    return result.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
  }

  boolean flag(String column) throws SQLException {
    return number(column) != 0;
  }

  Instant instant(String column) throws SQLException {
    return Instant.ofEpochMilli(number(column));
  }

  Optional<Instant> maybeInstant(String column) throws SQLException {
    OptionalLong value = maybeNumber(column);
    return value.isPresent()
        ? Optional.of(Instant.ofEpochMilli(value.getAsLong()))
        : Optional.empty();
  }

  byte[] octets(String column) throws SQLException {
    byte @Nullable [] value = result.getBytes(column);
    return value == null ? new byte[0] : value;
  }

  SpooledQueue queue() throws SQLException {
    NextHop nextHop =
        new NextHop(text("connector"), maybeText("mx_domain").flatMap(DomainName::parse));
    return new SpooledQueue(
        number("number"),
        nextHop,
        flag("retrying"),
        number("probes"),
        (int) number("retry_count"),
        error(),
        maybeInstant("last_retry"),
        maybeInstant("next_retry"));
  }

  SpooledMessage message() throws SQLException {
    return new SpooledMessage(
        text("id"),
        text("message_id"),
        reversePath(),
        BodyType.valueOf(text("body_type")),
        flag("smtp_utf8"),
        maybeText("ret").map(ReturnContent::valueOf),
        maybeText("envid").flatMap(EnvelopeId::parse),
        text("subject"),
        number("size"),
        instant("received"),
        instant("expires"),
        state());
  }

  SpooledRecipient recipient() throws SQLException {
    return new SpooledRecipient(
        (int) number("position"),
        Mailbox.of(text("address")),
        dsn(),
        maybeNumber("queue"),
        state(),
        (int) number("failures"),
        instant("next_attempt"),
        error(),
        maybeText("code").flatMap(EnhancedStatusCode::parse),
        maybeText("text"));
  }

  private RecipientDsn dsn() throws SQLException {
    Set<Notify> notifyOf =
        maybeText("notify").stream()
            .flatMap(text -> Stream.of(text.split(",")))
            .map(Notify::valueOf)
            .collect(Collectors.toSet());
    return new RecipientDsn(notifyOf, maybeText("orcpt").flatMap(OriginalRecipient::parse));
  }

  SpooledEntry entry() throws SQLException {
    return new SpooledEntry(
        text("message"),
        number("queue"),
        instant("received"),
        instant("expires"),
        maybeInstant("next_attempt"),
        (int) number("attempts"),
        number("joined_probes"),
        maybeNumber("left_probes"),
        flag("suspended"));
  }

  MailboxItem mailboxItem() throws SQLException {
    return new MailboxItem(
        text("id"),
        Mailbox.of(text("address")),
        text("body"),
        reversePath(),
        text("subject"),
        instant("received"),
        flag("ndr"),
        maybeText("status").flatMap(EnhancedStatusCode::parse));
  }

  TraceEvent event() throws SQLException {
    return new TraceEvent(
        instant("time"),
        TraceEvent.Kind.valueOf(text("kind")),
        maybeText("recipient").flatMap(Mailbox::parse),
        maybeText("code").flatMap(EnhancedStatusCode::parse),
        text("detail"),
        text("transcript").lines().toList());
  }

  /** The eight error columns. */
  Optional<DatedError> error() throws SQLException {
    Optional<Instant> time = maybeInstant("error_time");
    if (time.isEmpty()) {
      return Optional.empty();
    }
    LastError error =
        new LastError(
            maybeText("error_condition").flatMap(Row::condition),
            EnhancedStatusCode.of(text("error_status")),
            text("error_reply"),
            maybeText("error_detail"),
            destination());
    return Optional.of(new DatedError(time.get(), error));
  }

  private Optional<Destination> destination() throws SQLException {
    Optional<String> server = maybeText("error_server");
    if (server.isEmpty()) {
      return Optional.empty();
    }
    int port = (int) number("error_port");
    Optional<InetSocketAddress> address = maybeText("error_ip").flatMap(ip -> literal(ip, port));
    return Optional.of(new Destination(server.get(), address));
  }

  private static Optional<InetSocketAddress> literal(String ip, int port) {
    try {
      // Asks no DNS, because we wrote the literal ourselves.
      return Optional.of(new InetSocketAddress(InetAddress.getByName(ip), port));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  private static Optional<ConnectorStatus> condition(String id) {
    return Stream.of(ConnectorStatus.values()).filter(one -> one.id().equals(id)).findFirst();
  }

  private RecipientState state() throws SQLException {
    return RecipientState.ofStored(number("state"));
  }

  private ReversePath reversePath() throws SQLException {
    return ReversePath.parse(text("reverse_path")).orElse(ReversePath.NULL);
  }
}
