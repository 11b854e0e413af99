package io.github.mailflowlab.node;

/** Which build this is. */
public final class Version {
  private Version() {}

  /** The version in the jar's manifest, or {@code development} outside a jar. */
  public static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
