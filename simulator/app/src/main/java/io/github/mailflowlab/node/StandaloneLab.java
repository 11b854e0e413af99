package io.github.mailflowlab.node;

import io.github.mailflowlab.api.LabServer;
import io.github.mailflowlab.clock.ClockState;
import io.github.mailflowlab.clock.LabClock;
import io.github.mailflowlab.document.FaultDocument;
import io.github.mailflowlab.document.LabDocument;
import io.github.mailflowlab.environment.LabFile;
import io.github.mailflowlab.environment.LabHosts;
import io.github.mailflowlab.failure.FailureCatalogue;
import io.github.mailflowlab.lab.HostPlan;
import io.github.mailflowlab.lab.Lab;
import io.github.mailflowlab.time.WorkInFlight;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * Broken hosts for a sender that is not ours: hosts, DNS server, clock and API, without a connector
 * or a queue. Owns all their threads.
 */
public final class StandaloneLab implements AutoCloseable {
  private final OpenParts parts = new OpenParts();
  private final LabClock clock;
  private final Lab lab;
  private final LabServer server;

  /**
   * Starts everything that the file says.
   *
   * @param wall the system's clock
   * @throws StartupException when a port cannot be had, or this machine cannot make a fault; then
   *     nothing is left running
   */
  public static StandaloneLab start(LabFile file, InstantSource wall) throws StartupException {
    return new StandaloneLab(file, wall);
  }

  private StandaloneLab(LabFile file, InstantSource wall) throws StartupException {
    boolean started = false;
    try {
      Instant now = wall.instant();
      ClockState course = new ClockState(now, file.start().orElse(now), 1, file.paused());
      clock = parts.add(LabClock.start(Optional.of(course), new WorkInFlight(), change -> {}));
      lab = parts.add(Lab.start(clock, file.seed(), file.dnsPort()));
      for (HostPlan plan : file.hosts()) {
        lab.host(plan);
      }
      server = parts.add(startServer(file));
      started = true;
    } catch (IllegalArgumentException | UncheckedIOException e) {
      throw new StartupException(String.valueOf(e.getMessage()), e);
    } finally {
      if (!started) {
        parts.close();
      }
    }
  }

  private LabServer startServer(LabFile file) throws StartupException {
    try {
      return LabServer.start(
          file.http(),
          file.security(),
          new LabHosts(lab),
          clock,
          FaultDocument.Listing.of(FailureCatalogue.load(), Lab.implementedFaultIds()));
    } catch (CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new StartupException(
          "Cannot listen for HTTP on " + Addresses.text(file.http()) + ": " + cause.getMessage(),
          e);
    }
  }

  /** Where everything is. */
  public LabDocument document() {
    return new LabDocument(
        "http://" + Addresses.text(server.address()) + "/",
        Addresses.text(lab.dns()),
        lab.trust().toString(),
        lab.seed(),
        clock.instant(),
        lab.hosts().values().stream()
            .map(
                host ->
                    new LabDocument.Host(
                        host.name(), host.plan().address(), host.smartHost().port()))
            .toList());
  }

  /** Closes the API first and the clock last. */
  @Override
  public void close() {
    parts.close();
  }
}
