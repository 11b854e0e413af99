package io.github.mailflowlab.alerting;

import io.github.mailflowlab.config.ConnectorType;
import java.util.List;

/**
 * What a code means and what to do about it, for an administrator.
 *
 * @param code {@code x.y.z}, as it was asked for
 * @param title a few words
 * @param meaning what happened, in one or two sentences
 * @param causes what is usually behind it, the likeliest first
 * @param whatToDo steps when the servers are one's own
 * @param partner steps when the servers are another organisation's
 */
public record Explanation(
    String code,
    String title,
    String meaning,
    List<String> causes,
    List<String> whatToDo,
    List<String> partner) {
  public Explanation {
    causes = List.copyOf(causes);
    whatToDo = List.copyOf(whatToDo);
    partner = List.copyOf(partner);
  }

  /** The steps for whoever owns the servers behind a connector of this type. */
  List<String> forType(ConnectorType type) {
    return switch (type) {
      case ON_PREMISES -> whatToDo;
      case PARTNER -> partner;
    };
  }
}
