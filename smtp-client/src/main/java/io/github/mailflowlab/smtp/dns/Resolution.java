package io.github.mailflowlab.smtp.dns;

import io.github.mailflowlab.failure.DnsProblem;
import java.util.List;

/** What a name gave. */
public sealed interface Resolution {
  /** Addresses in the order to try them; at least one. */
  record Found(List<Target> targets) implements Resolution {
    public Found {
      targets = List.copyOf(targets);
    }
  }

  /** Nothing that can be used. */
  record Failed(DnsProblem problem) implements Resolution {}
}
