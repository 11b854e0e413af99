package io.github.mailflowlab.mail;

import java.util.regex.Pattern;

/** The encoding of parameter values in SMTP (RFC 3461 4). */
final class Xtext {
  private static final Pattern SYNTAX = Pattern.compile("(?:[!-*,-<>-~]|\\+[0-9A-F]{2})+");

  private Xtext() {}

  static boolean isValid(String text, int maxLength) {
    return text.length() <= maxLength && SYNTAX.matcher(text).matches();
  }
}
