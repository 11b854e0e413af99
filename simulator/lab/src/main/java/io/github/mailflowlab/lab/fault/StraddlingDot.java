package io.github.mailflowlab.lab.fault;

import io.github.mailflowlab.lab.smtp.Firewall;

/**
 * Swallows the end of a content that does not come in one packet, and so waits for it for ever: it
 * looks for CRLF dot CRLF in each packet by itself. Its packets are tiny, so that a short mail
 * shows it, however its client wrote it.
 */
final class StraddlingDot implements Firewall {
  private static final int PACKET = 14;
  private static final String END = "\r\n.\r\n";

  private String before = "";

  @Override
  public Verdict judge(String text, boolean isContent) {
    if (!isContent) {
      before = "";
      return Verdict.PASS;
    }
    for (int from = 0; from < text.length(); from += PACKET) {
      if (completesEnd(text.substring(from, Math.min(text.length(), from + PACKET)))) {
        return Verdict.SWALLOW;
      }
    }
    return Verdict.PASS;
  }

  /** Whether the end began in the packet before. */
  private boolean completesEnd(String packet) {
    String joint = before + packet.substring(0, Math.min(END.length(), packet.length()));
    String all = before + packet;
    before = all.substring(Math.max(0, all.length() - END.length() + 1));
    return joint.contains(END) && !packet.startsWith(END);
  }
}
