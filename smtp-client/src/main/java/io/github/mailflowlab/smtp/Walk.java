package io.github.mailflowlab.smtp;

import io.github.mailflowlab.config.SmartHost;
import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.mail.DomainName;
import io.github.mailflowlab.smtp.dns.MailHostResolver;
import io.github.mailflowlab.smtp.dns.Resolution;
import io.github.mailflowlab.smtp.dns.Target;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * The way through the smart hosts and their addresses, or through those of the domain when
 * MX-routed. A name is looked up when its turn comes; addresses known to be dead come last.
 * Confined to the attempt's event loop.
 */
final class Walk {
  /** Hears where the way leads, on the event loop. */
  interface Listener {
    /** A name is being looked up. */
    void onLookup(String name);

    /** The name gave no address; the way goes on. */
    void onUnresolved(String name, Failure.Dns why);

    /**
     * The next address to try.
     *
     * @param via the smart host as configured, or the domain
     */
    void onTarget(Target target, String via);

    /** There was nothing left. */
    void onEnd();

    /** A rule of ours is broken. */
    void onBroken(Throwable bug);
  }

  private record Stop(Target target, String via) {}

  private final MailHostResolver resolver;
  private final Optional<DomainName> mxDomain;
  private final Deque<SmartHost> hosts;
  private final DeadAddresses dead;
  private final Deque<Stop> stops = new ArrayDeque<>();
  private final Deque<Stop> lastStops = new ArrayDeque<>();
  private final Executor loop;
  private final Listener listener;
  private boolean ended;

  Walk(MailHostResolver resolver, DeadAddresses dead, Job job, Executor loop, Listener listener) {
    this.resolver = resolver;
    this.dead = dead;
    this.mxDomain = job.mxDomain();
    this.hosts = new ArrayDeque<>(job.hosts());
    this.loop = loop;
    this.listener = listener;
  }

  /** Leads to the first address. */
  void begin() {
    if (mxDomain.isPresent()) {
      DomainName domain = mxDomain.get();
      resolve(domain.value(), domain.value(), resolver.domain(domain));
    } else {
      next();
    }
  }

  /** Leads on, once the last address has failed. */
  void next() {
    SmartHost host = stops.isEmpty() ? hosts.poll() : null;
    if (host != null) {
      resolve(host.host(), Job.viaOf(host), resolver.smartHost(host));
      return;
    }
    Stop stop = stops.isEmpty() ? lastStops.poll() : stops.poll();
    if (stop == null) {
      listener.onEnd();
    } else {
      listener.onTarget(stop.target(), stop.via());
    }
  }

  /** Whether nothing comes after the address last told. */
  boolean isOver() {
    return stops.isEmpty() && hosts.isEmpty() && lastStops.isEmpty();
  }

  /** Leads nowhere any more: the listener hears nothing. */
  void end() {
    ended = true;
  }

  private void resolve(String name, String via, CompletionStage<Resolution> lookup) {
    listener.onLookup(name);
    var unused =
        lookup.whenComplete(
            (resolution, bug) ->
                loop.execute(
                    () -> {
                      if (ended) {
                        return;
                      }
                      if (bug != null) {
                        listener.onBroken(bug);
                      } else {
                        onResolved(name, via, resolution);
                      }
                    }));
  }

  private void onResolved(String name, String via, Resolution resolution) {
    if (resolution instanceof Resolution.Found found) {
      for (Target target : found.targets()) {
        (dead.contains(target.address()) ? lastStops : stops).add(new Stop(target, via));
      }
    } else if (resolution instanceof Resolution.Failed failed) {
      listener.onUnresolved(name, new Failure.Dns(failed.problem(), mxDomain.isPresent()));
    }
    next();
  }
}
