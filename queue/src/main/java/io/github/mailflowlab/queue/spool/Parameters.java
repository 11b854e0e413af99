package io.github.mailflowlab.queue.spool;

import io.github.mailflowlab.delivery.Destination;
import io.github.mailflowlab.failure.LastError;
import io.github.mailflowlab.status.ConnectorStatus;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Binds the parameters of a statement from left to right. Confined to the caller. */
final class Parameters {
  private final PreparedStatement statement;
  private int index;

  Parameters(PreparedStatement statement) {
    this.statement = statement;
  }

  /** Text without NUL, which PostgreSQL refuses and SQLite's tools take for an end. */
  Parameters text(String value) throws SQLException {
    boolean clean = value.indexOf('\0') < 0; // Almost always, and quicker to find out.
    statement.setString(++index, clean ? value : value.replace('\0', '\uFFFD'));
    return this;
  }

  Parameters text(Optional<?> value) throws SQLException {
    if (value.isPresent()) {
      return text(value.get().toString());
    }
    statement.setNull(++index, Types.VARCHAR);
    return this;
  }

  Parameters number(long value) throws SQLException {
    statement.setLong(++index, value);
    return this;
  }

  Parameters number(OptionalLong value) throws SQLException {
    if (value.isPresent()) {
      return number(value.getAsLong());
    }
    statement.setNull(++index, Types.BIGINT);
    return this;
  }

  Parameters flag(boolean value) throws SQLException {
    return number(value ? 1 : 0);
  }

  Parameters instant(Instant value) throws SQLException {
    return number(value.toEpochMilli());
  }

  Parameters instant(Optional<Instant> value) throws SQLException {
    return number(value.stream().mapToLong(Instant::toEpochMilli).findFirst());
  }

  Parameters octets(byte[] value) throws SQLException {
    statement.setBytes(++index, value);
    return this;
  }

  /** The eight error columns, in the order of the schema. */
  Parameters error(Optional<DatedError> dated) throws SQLException {
    Optional<LastError> error = dated.map(DatedError::error);
    Optional<Destination> destination = error.flatMap(LastError::destination);
    return instant(dated.map(DatedError::time))
        .text(error.flatMap(LastError::condition).map(ConnectorStatus::id))
        .text(error.map(LastError::status))
        .text(error.map(LastError::reply))
        .text(error.flatMap(LastError::detail))
        .text(destination.map(Destination::serverName))
        .text(destination.flatMap(Destination::ip))
        .number(
            destination.flatMap(Destination::address).stream()
                .mapToLong(address -> address.getPort())
                .findFirst());
  }
}
