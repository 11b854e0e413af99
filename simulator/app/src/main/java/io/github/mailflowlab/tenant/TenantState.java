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
 */
record TenantState(Overrides inForce, List<PendingEdits> pending) {
  static final TenantState NONE = new TenantState(Overrides.NONE, List.of());

  TenantState {
    pending = List.copyOf(pending);
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
    return new TenantState(changed, left);
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
    return new TenantState(inForce, more);
  }

  /** One more change that is in force at once, also against what is pending. */
  TenantState now(PendingEdits edits) {
    return new TenantState(inForce.with(edits), pending);
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
