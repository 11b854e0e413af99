package io.github.mailflowlab.alerting;

import io.github.mailflowlab.config.ConnectorType;
import java.util.List;

/**
 * What a code means and what to do about it, for an administrator.
 *
 * @param code {@code x.y.z}, as it was asked for
 * @param topic which piece of advice it is, as it is headed in {@code advice.txt}; narrower than
 *     the code when the detail told more
 * @param title a few words
 * @param meaning what happened, in a few sentences
 * @param causes what is usually behind it, the likeliest first
 * @param howToTell how to find out which of them it is
 * @param whatToDo steps when the servers are one's own
 * @param partner steps when the servers are another organisation's
 */
public record Explanation(
    String code,
    String topic,
    String title,
    String meaning,
    List<String> causes,
    List<String> howToTell,
    List<String> whatToDo,
    List<String> partner) {
  public Explanation {
    causes = List.copyOf(causes);
    howToTell = List.copyOf(howToTell);
    whatToDo = List.copyOf(whatToDo);
    partner = List.copyOf(partner);
  }

  static Explanation of(String code, String title, String meaning, AdviceBook.Entry entry) {
    return new Explanation(
        code,
        entry.topic(),
        title,
        meaning,
        entry.causes(),
        entry.howToTell(),
        entry.whatToDo(),
        entry.partner());
  }

  /** The steps for whoever owns the servers behind a connector of this type. */
  List<String> forType(ConnectorType type) {
    return switch (type) {
      case ON_PREMISES -> whatToDo;
      case PARTNER -> partner;
    };
  }
}
