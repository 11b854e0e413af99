package io.github.mailflowlab.config;

/** Whose servers a connector leads to. */
public enum ConnectorType {
  /** The organisation's own. */
  ON_PREMISES("OnPremises"),
  /** Another organisation's. */
  PARTNER("Partner");

  private final String parameter;

  ConnectorType(String parameter) {
    this.parameter = parameter;
  }

  /** Exchange's spelling. */
  public String parameter() {
    return parameter;
  }
}
