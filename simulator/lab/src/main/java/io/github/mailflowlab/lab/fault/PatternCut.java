package io.github.mailflowlab.lab.fault;

import io.github.mailflowlab.lab.smtp.Firewall;

/** Resets the connection when the client has said {@value #PATTERN}, in however many segments. */
final class PatternCut implements Firewall {
  static final String PATTERN = "X-Lab-Virus";

  private String before = "";

  @Override
  public Verdict judge(String text, boolean isContent) {
    String all = before + text;
    before = all.substring(Math.max(0, all.length() - PATTERN.length() + 1));
    return all.contains(PATTERN) ? Verdict.RESET : Verdict.PASS;
  }
}
