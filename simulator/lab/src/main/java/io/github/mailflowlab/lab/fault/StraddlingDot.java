package io.github.mailflowlab.lab.fault;

import io.github.mailflowlab.lab.smtp.Firewall;

/**
 * Swallows the end of a content that does not come in one segment, and so waits for it for ever: it
 * looks for CRLF dot CRLF in each segment by itself.
 */
final class StraddlingDot implements Firewall {
  private static final String END = "\r\n.\r\n";

  private String before = "";

  @Override
  public Verdict judge(String text, boolean isContent) {
    if (!isContent) {
      before = "";
      return Verdict.PASS;
    }
    String joint = before + text.substring(0, Math.min(END.length(), text.length()));
    String all = before + text;
    before = all.substring(Math.max(0, all.length() - END.length() + 1));
    return joint.contains(END) && !text.startsWith(END) ? Verdict.SWALLOW : Verdict.PASS;
  }
}
