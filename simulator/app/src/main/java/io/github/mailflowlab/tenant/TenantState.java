package io.github.mailflowlab.tenant;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.mailflowlab.document.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that was changed while running, as it is stored. What is in force is a function of this and
 * of the time, so nothing has to be written when a change takes effect, and a restart in between
 * makes no difference.
 *
 * @param inForce what has taken effect when last looked at
 * @param pending what has not, in the order of taking effect
 * @param fixes what Fix now did and will do, in the order of its orders
 */
record TenantState(Overrides inForce, List<PendingEdits> pending, List<Fix> fixes) {
  static final TenantState NONE = new TenantState(Overrides.NONE, List.of(), List.of());

  /** What was done long ago is forgotten beyond that. */
  private static final int MAX_FIXES = 500;

  TenantState {
    pending = List.copyOf(pending);
    // A text of before there were any has none.
    fixes = fixes == null ? List.of() : List.copyOf(fixes);
  }

  /** The same at a later instant. */
  TenantState at(Instant now) {
    Overrides changed = inForce;
    List<PendingEdits> left = new ArrayList<>();
    for (PendingEdits edits : pending) {
      if (edits.due().isAfter(now)) {
        left.add(edits);
      } else {
        changed = changed.with(edits);
      }
    }
    return new TenantState(changed, left, fixes);
  }

  /** What is and will be in force, one after the other. */
  List<Overrides> stages() {
    List<Overrides> stages = new ArrayList<>(List.of(inForce));
    for (PendingEdits edits : pending) {
      stages.add(stages.get(stages.size() - 1).with(edits));
    }
    return stages;
  }

  /** What will be in force when everything has taken effect: what an administrator has saved. */
  Overrides saved() {
    List<Overrides> stages = stages();
    return stages.get(stages.size() - 1);
  }

  /** One more change. It never overtakes an earlier one, so that the last one saved wins. */
  TenantState with(PendingEdits edits) {
    Instant last = pending.isEmpty() ? edits.due() : pending.get(pending.size() - 1).due();
    Instant due = last.isAfter(edits.due()) ? last : edits.due();
    List<PendingEdits> more = new ArrayList<>(pending);
    more.add(new PendingEdits(due, edits.alert(), edits.edits()));
    return new TenantState(inForce, more, fixes);
  }

  /** One more change that is in force at once, also against what is pending. */
  TenantState now(PendingEdits edits) {
    return new TenantState(inForce.with(edits), pending, fixes);
  }

  /** One more fix, and the changes that it makes. */
  TenantState with(Fix fix, PendingEdits edits) {
    TenantState next = with(edits);
    Instant due = next.pending.get(next.pending.size() - 1).due();
    List<Fix> more = new ArrayList<>(fixes);
    more.add(fix.dueAt(due));
    for (int i = 0; more.size() > MAX_FIXES && i < more.size(); ) {
      if (more.get(i).done()) {
        more.remove(i);
      } else {
        i++;
      }
    }
    return new TenantState(inForce, next.pending, more);
  }

  /** The same as if this fix had never been ordered; it must be pending. */
  TenantState without(Fix fix) {
    return new TenantState(
        inForce,
        pending.stream().filter(edits -> !edits.alert().equals(Optional.of(fix.alert()))).toList(),
        fixes.stream().filter(one -> !one.equals(fix)).toList());
  }

  /** The same with this fix at its end. */
  TenantState done(Fix fix) {
    return new TenantState(
        inForce, pending, fixes.stream().map(one -> one.equals(fix) ? one.asDone() : one).toList());
  }

  Optional<Fix> fix(String alert) {
    return fixes.stream().filter(one -> one.alert().equals(alert)).findFirst();
  }

  Optional<Instant> nextDue() {
    return pending.stream().findFirst().map(PendingEdits::due);
  }

  String text() {
    return Json.compact(this);
  }

  /** Reads {@link #text()}; empty when it is not one. */
  static Optional<TenantState> parse(String text) {
    try {
      return Optional.of(Json.read(text, TenantState.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
