package io.github.mailflowlab.audit;

import java.util.Locale;

/** Where mail goes to, each with a domain and a connector of its own. */
enum Destination {
  /** A host that takes it. */
  TAKING,
  /** A host that refuses each recipient for good: an NDR at once. */
  REFUSING,
  /** A port where nobody listens: an NDR when the message expires. */
  DEAD;

  String domain() {
    return name().toLowerCase(Locale.ROOT) + ".example";
  }

  String suffix() {
    return "@" + domain();
  }
}
