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
 * MX-routed. A name is looked up when its turn comes. Confined to the attempt's event loop.
 */
final class Walk {
  /** Hears where the way leads, on the event loop. */
  interface Listener {
    /** A name is being looked up. */
    void onLookup(String name);

    /** The name gave no address; the way goes on. */
    void onUnresolved(String name, Failure.Dns why);

    /** The next address to try. */
    void onTarget(Target target);

    /** There was nothing left. */
    void onEnd();

    /** A rule of ours is broken. */
    void onBroken(Throwable bug);
  }

  private final MailHostResolver resolver;
  private final Optional<DomainName> mxDomain;
  private final Deque<SmartHost> hosts;
  private final Deque<Target> targets = new ArrayDeque<>();
  private final Executor loop;
  private final Listener listener;
  private boolean ended;

  Walk(MailHostResolver resolver, Job job, Executor loop, Listener listener) {
    this.resolver = resolver;
    this.mxDomain = job.mxDomain();
    this.hosts = new ArrayDeque<>(job.hosts());
    this.loop = loop;
    this.listener = listener;
  }

  /** Leads to the first address. */
  void begin() {
    if (mxDomain.isPresent()) {
      DomainName domain = mxDomain.get();
      resolve(domain.value(), resolver.domain(domain));
    } else {
      next();
    }
  }

  /** Leads on, once the last address has failed. */
  void next() {
    Target target = targets.poll();
    if (target != null) {
      listener.onTarget(target);
      return;
    }
    SmartHost host = hosts.poll();
    if (host == null) {
      listener.onEnd();
    } else {
      resolve(host.host(), resolver.smartHost(host));
    }
  }

  /** Whether nothing comes after the address last told. */
  boolean isOver() {
    return targets.isEmpty() && hosts.isEmpty();
  }

  /** Leads nowhere any more: the listener hears nothing. */
  void end() {
    ended = true;
  }

  private void resolve(String name, CompletionStage<Resolution> lookup) {
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
                        onResolved(name, resolution);
                      }
                    }));
  }

  private void onResolved(String name, Resolution resolution) {
    if (resolution instanceof Resolution.Found found) {
      targets.addAll(found.targets());
    } else if (resolution instanceof Resolution.Failed failed) {
      listener.onUnresolved(name, new Failure.Dns(failed.problem(), mxDomain.isPresent()));
    }
    next();
  }
}
