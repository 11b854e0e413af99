package io.github.mailflowlab.mail;

/** What the content needs of a transport (RFC 6152). */
public enum BodyType {
  /** Only octets 1 to 127. */
  SEVEN_BIT("7BIT"),
  /** Octets above 127 occur or were announced. */
  EIGHT_BIT_MIME("8BITMIME");

  private final String keyword;

  BodyType(String keyword) {
    this.keyword = keyword;
  }

  /** The value of MAIL's {@code BODY=} parameter. */
  public String keyword() {
    return keyword;
  }
}
