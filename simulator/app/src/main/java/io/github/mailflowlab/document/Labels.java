package io.github.mailflowlab.document;

import java.util.Locale;

/** How enum constants are spelt in documents: {@code RETRY} is {@code Retry}. */
final class Labels {
  private Labels() {}

  static String of(Enum<?> constant) {
    String name = constant.name();
    return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
  }
}
