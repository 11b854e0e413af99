package io.github.mailflowlab.queue.spool;

import io.github.mailflowlab.config.PostgresUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The spool in a PostgreSQL database, version 13 or newer. Its tables are in the first schema of
 * the connection's {@code search_path}. While the server is away nothing can be written or read;
 * each further try asks for a new connection.
 *
 * <p>One node leads, see {@link PostgresDatabase}, and any number of others follow: they read
 * everything and store new mail. A leader that is dead is followed at once by one that asks {@link
 * #isVacant}, one that hangs when its {@link Lease} is over.
 */
public final class PostgresSpool extends SqlSpool {
  private static final Logger log = LoggerFactory.getLogger(PostgresSpool.class);

  private final long node;
  private final String clientAddress;
  private final Optional<Lease> lease;
  private final LeaderWatch watch;

  private PostgresSpool(
      GroupCommit commits,
      Readers readers,
      long node,
      String clientAddress,
      Optional<Lease> lease,
      LeaderWatch watch) {
    super(commits, readers);
    this.node = node;
    this.clientAddress = clientAddress;
    this.lease = lease;
    this.watch = watch;
  }

  /**
   * Opens the spool as the one who leads, and makes its tables when there are none.
   *
   * @throws SpoolInUseException when another instance leads
   * @throws SpoolException when the server cannot be reached or does not let us in, or when the
   *     spool is of a newer version (then nothing is touched)
   */
  public static PostgresSpool open(PostgresUrl url) throws SpoolException {
    return opened(url, true);
  }

  /**
   * Opens it beside the one who leads.
   *
   * @throws SpoolException as above, and when the spool is of another version
   */
  public static PostgresSpool follow(PostgresUrl url) throws SpoolException {
    return opened(url, false);
  }

  private static PostgresSpool opened(PostgresUrl url, boolean leads) throws SpoolException {
    try {
      long began = System.nanoTime();
      PostgresDatabase database = new PostgresDatabase(url, leads, OptionalLong.empty());
      Connection connection = database.openWriter();
      long node;
      String clientAddress;
      try {
        if (leads) {
          migrate(connection, url);
          database = database.inNextTerm(connection);
        } else {
          PostgresSchema.requireCurrent(connection, url);
        }
        warnWithoutFlush(connection, url);
        node = PostgresDatabase.newNode(connection);
        clientAddress = PostgresDatabase.clientAddress(connection);
        connection.commit();
      } catch (IOException | SQLException e) {
        connection.close();
        throw e;
      }
      GroupCommit commits = new GroupCommit(database, connection);
      commits.start();
      Optional<Lease> lease =
          database.term().isPresent()
              ? Optional.of(new Lease(database.term().getAsLong(), began, commits::commit))
              : Optional.empty();
      return new PostgresSpool(
          commits,
          new Readers(database),
          node,
          clientAddress,
          lease,
          new LeaderWatch(database, Lease.LIMIT, System::nanoTime));
    } catch (IOException | SQLException e) {
      throw refusal(url, e);
    }
  }

  private static void migrate(Connection connection, PostgresUrl url)
      throws SQLException, IOException {
    // Only what is said later has to be quick: an index over much mail takes its time.
    int limit = connection.getNetworkTimeout();
    connection.setNetworkTimeout(Runnable::run, 0);
    PostgresSchema.migrate(connection, url);
    connection.setNetworkTimeout(Runnable::run, limit);
  }

  /** Renews the lease from now on; without it, another node that comes will soon lead. */
  public void keepLease() {
    lease.orElseThrow(() -> new IllegalStateException("another instance leads")).keep();
  }

  /**
   * Tells the others where we are.
   *
   * @param address for them to make sense of
   */
  public void announce(String address) {
    lease.ifPresent(kept -> kept.announce(address));
  }

  /** Our own address, as the server sees it: a host's name or address. */
  public String clientAddress() {
    return clientAddress;
  }

  /** Where the one who leads can be reached; empty while nobody says so. */
  public Optional<String> leader() {
    return setting(PostgresDatabase.LEASE)
        .flatMap(Lease.Text::parse)
        .map(Lease.Text::address)
        .filter(address -> !address.isEmpty());
  }

  /**
   * Whether nobody leads, so that {@link #open} may succeed. Who has hung for too long is made to
   * stop by this. May block; for one thread.
   */
  public boolean isVacant() {
    try {
      return watch.isVacant(setting(PostgresDatabase.LEASE).orElse(""));
    } catch (SQLException e) {
      throw new UncheckedIOException(new SpoolException("the spool cannot be read: " + e, e));
    }
  }

  /** Whether we led and another node has led since: nothing that we do is stored any more. */
  public boolean isLost() {
    return lease.map(Lease::isLost).orElse(false);
  }

  @Override
  public long node() {
    return node;
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public boolean mayDeliver() {
    return lease.map(Lease::holds).orElse(false);
  }

  @Override
  public void close() {
    lease.ifPresent(Lease::close);
    super.close();
  }

  private static SpoolException refusal(PostgresUrl url, Exception cause) {
    if (cause instanceof SpoolException own) {
      return own;
    }
    if (cause instanceof SQLException sql && PostgresDatabase.IN_USE.equals(sql.getSQLState())) {
      return new SpoolInUseException(url, cause);
    }
    // The first line alone: servers add hints.
    String reason =
        String.valueOf(cause.getMessage()).lines().findFirst().orElse("no reason given");
    return new SpoolException("spool " + url + " cannot be opened: " + reason, cause);
  }

  private static void warnWithoutFlush(Connection connection, PostgresUrl url) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SHOW fsync")) {
      if (result.next() && !"on".equals(result.getString(1))) {
        log.warn("spool {} has fsync off: a power cut will lose mail", url);
      }
    }
  }
}
