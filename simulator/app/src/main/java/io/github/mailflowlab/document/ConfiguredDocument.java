package io.github.mailflowlab.document;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A connector or an accepted domain: what is in force, and what was changed while running.
 *
 * @param name unique among its kind
 * @param inFile whether the configuration file has it; otherwise a reset removes it
 * @param parameters in force, by Exchange's names; {@code null} for one that is not in force yet
 * @param overridden the parameters that were changed
 * @param pending what is saved and not yet in force, in the order of taking effect
 */
public record ConfiguredDocument(
    String name,
    boolean inFile,
    Optional<Map<String, @Nullable Object>> parameters,
    List<String> overridden,
    List<PendingChange> pending) {
  /**
   * A change that has not reached all servers yet.
   *
   * @param takesEffect in lab time
   * @param alert the alert that Fix now repairs by it
   * @param parameters what changes; {@code null} when all earlier changes are forgotten
   */
  public record PendingChange(
      Instant takesEffect,
      Optional<String> alert,
      Optional<Map<String, @Nullable Object>> parameters) {}

  /** All connectors. */
  public record Connectors(List<ConfiguredDocument> connectors) {}

  /** All accepted domains. */
  public record Domains(List<ConfiguredDocument> domains) {}
}
