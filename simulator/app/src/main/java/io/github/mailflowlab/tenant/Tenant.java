package io.github.mailflowlab.tenant;

import io.github.mailflowlab.config.Checked;
import io.github.mailflowlab.config.ConfigProblem;
import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.config.ConnectorParameter;
import io.github.mailflowlab.document.ConfiguredDocument;
import io.github.mailflowlab.document.ValidationDocument;
import io.github.mailflowlab.mail.DomainName;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.routing.AcceptedDomain;
import io.github.mailflowlab.routing.Organization;
import io.github.mailflowlab.settings.Propagation;
import io.github.mailflowlab.tenant.Configuration.Misfit;
import io.github.mailflowlab.tenant.Edit.Target;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns what is configured now: the organisation's accepted domains and its connectors, as the file
 * has them and as they were changed since. Whoever sends or takes mail asks here each time, so a
 * change helps the mail that waits already.
 *
 * <p>A change is checked with everything around it, stored, and then takes effect: at once, or
 * after the propagation time on the lab's clock. What is in force is a function of what is stored
 * and of the time; nothing has to happen at that instant.
 *
 * <p>All methods may be called by any thread. Reading takes an immutable snapshot. Changes come
 * rarely, from people, and each is checked against the one before; so they follow each other under
 * a lock, which is held while the disk is waited for. Who reads does not take it, but for once
 * after a change has taken effect.
 */
public final class Tenant {
  private static final Logger log = LoggerFactory.getLogger(Tenant.class);

  /** More changed things than that are a mistake; each costs every later change some time. */
  private static final int MAX_CHANGED = 1_000;

  /** The state, and what follows from it until the next change takes effect. */
  private record Snapshot(TenantState state, Configuration inForce) {
    boolean holds(InstantSource clock) {
      return state.nextDue().map(due -> due.isAfter(clock.instant())).orElse(true);
    }
  }

  private final Configuration file;
  private final Propagation propagation;
  private final TenantStore store;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Object changing = new Object();
  private volatile Snapshot snapshot;

  /**
   * Takes what the file says, and what was changed in earlier runs.
   *
   * @param random decides how long a change takes
   * @throws IllegalStateException when what is stored cannot be read
   */
  public Tenant(
      Organization organization,
      List<Connector> connectors,
      Propagation propagation,
      TenantStore store,
      InstantSource clock,
      RandomGenerator random) {
    this.file = new Configuration(organization, connectors);
    this.propagation = propagation;
    this.store = store;
    this.clock = clock;
    this.random = random;
    TenantState state = read();
    Configuration.Changed changed = file.with(state.saved());
    changed.misfits().forEach(Tenant::warn);
    this.snapshot = snapshot(state);
  }

  /**
   * Takes what another node has stored since.
   *
   * @throws IllegalStateException when that cannot be read
   */
  public void reload() {
    synchronized (changing) {
      snapshot = snapshot(read());
    }
  }

  private TenantState read() {
    return store.stored().map(Tenant::read).orElse(TenantState.NONE);
  }

  private static TenantState read(String text) {
    return TenantState.parse(text)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "The changes of connectors and domains in the spool are of another version."));
  }

  private static void warn(Misfit misfit) {
    log.warn(
        "{}=\"{}\" changes made while running do not fit the file any more and are left out,"
            + " reset them: {}",
        misfit.target().word(),
        misfit.name(),
        misfit.problems());
  }

  /** The organisation as it is now. */
  public Organization organization() {
    return current().inForce().organization();
  }

  /** The connectors as they are now, the disabled ones too. */
  public List<Connector> connectors() {
    return current().inForce().connectors();
  }

  /** The connector of this name, in any case, as it is now. */
  public Optional<Connector> connector(String name) {
    return current().inForce().connector(name);
  }

  /** The accepted domain of this name as it is now. */
  public Optional<AcceptedDomain> domain(String name) {
    return current().inForce().domain(name);
  }

  /** Everything of one kind, with what was changed. */
  public List<ConfiguredDocument> shown(Target target) {
    return view().all(target);
  }

  /** One thing, with what was changed; empty when there is none of this name. */
  public Optional<ConfiguredDocument> shown(Target target, String name) {
    return view().one(target, name);
  }

  private TenantView view() {
    Snapshot now = current();
    return new TenantView(file, now.state(), now.inForce());
  }

  /** Changes some parameters; {@code null} takes one back. A new name is a new thing. */
  public Checked<ConfiguredDocument> change(
      Target target, String name, Map<String, @Nullable Object> values) {
    return edit(target, name, values, propagation.enabled());
  }

  /** Notes how a connector was validated; at once, because it leads no mail. */
  public void noteValidation(String name, List<Mailbox> recipients, ValidationDocument result) {
    edit(
        Target.CONNECTOR,
        name,
        Map.of(
            ConnectorParameter.IS_VALIDATED.key(),
            result.succeeded(),
            ConnectorParameter.LAST_VALIDATION_TIMESTAMP.key(),
            clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
            ConnectorParameter.LAST_VALIDATION_RESULT.key(),
            result.lastError().orElse("Succeeded"),
            ConnectorParameter.VALIDATION_RECIPIENTS.key(),
            recipients.stream().map(Mailbox::toString).toList()),
        false);
  }

  private Checked<ConfiguredDocument> edit(
      Target target, String name, Map<String, @Nullable Object> values, boolean later) {
    synchronized (changing) {
      String known = view().canonical(target, name);
      Map<String, @Nullable Object> named =
          target == Target.CONNECTOR ? ConnectorValues.canonical(values) : values;
      return save(Edit.set(target, known, named), later);
    }
  }

  /** Says all parameters anew: those left out are as if nothing had ever been said of them. */
  public Checked<ConfiguredDocument> replace(
      Target target, String name, Map<String, @Nullable Object> values) {
    return change(
        target,
        name,
        target == Target.CONNECTOR
            ? ConnectorValues.complete(values)
            : DomainValues.complete(values));
  }

  /**
   * Forgets what was changed. A thing that the file does not have is gone by that.
   *
   * @return when that takes effect; problems when nothing was changed
   */
  public Checked<Instant> reset(Target target, String name) {
    synchronized (changing) {
      Snapshot now = current();
      String known = view().canonical(target, name);
      if (!now.state().saved().of(target).containsKey(known)) {
        return new Checked.Invalid<>(
            List.of(
                new ConfigProblem(
                    target.word() + " " + known, "nothing was changed, so nothing is reset")));
      }
      PendingEdits edits =
          dated(List.of(Edit.reset(target, known)), Optional.empty(), propagation.enabled());
      keep(propagation.enabled() ? now.state().with(edits) : now.state().now(edits), edits);
      return new Checked.Valid<>(edits.due());
    }
  }

  private Checked<ConfiguredDocument> save(Edit edit, boolean later) {
    PendingEdits edits = dated(List.of(edit), Optional.empty(), later);
    TenantState state = current().state();
    TenantState next = later ? state.with(edits) : state.now(edits);
    List<ConfigProblem> problems = problems(edit, next);
    if (!problems.isEmpty()) {
      return new Checked.Invalid<>(problems);
    }
    keep(next, edits);
    return new Checked.Valid<>(view().one(edit.target(), edit.name()).orElseThrow());
  }

  // Fix now.

  /** Everything that Fix now did and will do, in the order of its orders. */
  public List<Fix> fixes() {
    return current().state().fixes();
  }

  /** How Fix now repairs this alert; empty when that was not ordered. */
  public Optional<Fix> fix(String alert) {
    return current().state().fix(alert);
  }

  /**
   * Saves that a connector is disabled and domains are made Authoritative, together and always
   * after the propagation time.
   *
   * @return the fix with its instant; problems when this alert or connector has one already
   */
  public Checked<Fix> fix(
      String alert,
      String connector,
      List<DomainName> domains,
      String by,
      Optional<String> reason) {
    synchronized (changing) {
      TenantState state = current().state();
      if (state.fixes().stream()
          .anyMatch(
              one ->
                  one.alert().equals(alert)
                      || (!one.done() && one.connector().equals(connector)))) {
        return new Checked.Invalid<>(
            List.of(new ConfigProblem("fix", "ordered already for " + connector)));
      }
      List<Edit> edits = new ArrayList<>();
      edits.add(
          Edit.set(Target.CONNECTOR, connector, Map.of(ConnectorParameter.ENABLED.key(), false)));
      domains.forEach(
          domain ->
              edits.add(
                  Edit.set(
                      Target.DOMAIN,
                      domain.toString(),
                      Map.of(DomainValues.TYPE, AcceptedDomain.Type.AUTHORITATIVE.parameter()))));
      PendingEdits later = dated(edits, Optional.of(alert), true);
      Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      Fix fix = new Fix(alert, connector, domains, by, reason, now, later.due(), false);
      TenantState next = state.with(fix, later);
      keep(next, later);
      Fix ordered = next.fix(alert).orElseThrow();
      tell("ordered", ordered, by, reason);
      return new Checked.Valid<>(ordered);
    }
  }

  /**
   * Takes a fix back before it takes effect.
   *
   * @return whether that was still possible; then it is as if it had never been ordered
   */
  public boolean unfix(String alert, String by, Optional<String> reason) {
    synchronized (changing) {
      Instant now = clock.instant();
      TenantState state = current().state();
      Optional<Fix> fix = state.fix(alert).filter(one -> one.isPending(now));
      fix.ifPresent(
          one -> {
            store(state.without(one));
            tell("undone", one, by, reason);
          });
      return fix.isPresent();
    }
  }

  /** Notes that a fix has come to its end. */
  public void fixed(String alert) {
    synchronized (changing) {
      TenantState state = current().state();
      state
          .fix(alert)
          .ifPresent(
              fix -> {
                store(state.done(fix));
                tell("done", fix, fix.by(), fix.reason());
              });
    }
  }

  private static void tell(String what, Fix fix, String by, Optional<String> reason) {
    log.info(
        "fix alert={} {} connector=\"{}\" domains={} due={} by=\"{}\" reason=\"{}\"",
        fix.alert(),
        what,
        fix.connector(),
        fix.domains(),
        fix.due(),
        by,
        reason.orElse(""));
  }

  /** What would be wrong, now or when one of the changes that wait takes effect. */
  private List<ConfigProblem> problems(Edit edit, TenantState next) {
    if (next.saved().of(edit.target()).size() > MAX_CHANGED) {
      return List.of(new ConfigProblem("name", MAX_CHANGED + " others are changed already"));
    }
    return next.stages().stream()
        .map(stage -> file.with(stage).problems(edit.target(), edit.name()))
        .filter(problems -> !problems.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  private PendingEdits dated(List<Edit> edits, Optional<String> alert, boolean later) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return new PendingEdits(later ? now.plus(delay()) : now, alert, edits);
  }

  private void keep(TenantState next, PendingEdits edits) {
    store(next);
    for (Edit edit : edits.edits()) {
      log.info(
          "{}=\"{}\" {} takesEffect={}",
          edit.target().word(),
          edit.name(),
          edit.values().map(values -> "set=" + values).orElse("reset"),
          edits.due());
    }
  }

  private Duration delay() {
    long min = propagation.min().toMillis();
    return Duration.ofMillis(random.nextLong(min, propagation.max().toMillis() + 1));
  }

  private void store(TenantState state) {
    try {
      store.store(state.text()).toCompletableFuture().join();
    } catch (CompletionException e) {
      throw new IllegalStateException("The change could not be stored.", e);
    }
    snapshot = snapshot(state.at(clock.instant()));
  }

  private Snapshot current() {
    Snapshot now = snapshot;
    if (now.holds(clock)) {
      return now;
    }
    synchronized (changing) {
      if (!snapshot.holds(clock)) {
        snapshot = snapshot(snapshot.state().at(clock.instant()));
      }
      return snapshot;
    }
  }

  private Snapshot snapshot(TenantState state) {
    TenantState settled = state.at(clock.instant());
    return new Snapshot(settled, file.with(settled.inForce()).configuration());
  }
}
