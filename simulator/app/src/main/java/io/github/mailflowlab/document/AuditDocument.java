package io.github.mailflowlab.document;

import java.util.List;

/**
 * What a crash audit found.
 *
 * @param passed whether no promise was broken
 * @param kills how often the program was killed
 * @param seed of the moments, the points and the mail
 * @param seconds it took, on the wall clock
 * @param offered messages, up to the final dot
 * @param acknowledged with 250
 * @param refused with 4yz or 5yz
 * @param unanswered because the program died first
 * @param delivered recipients
 * @param returned recipients, each in one NDR
 * @param queued recipients
 * @param repeated messages that the next hop got once more
 * @param ndrs in the senders' mailboxes
 * @param points where it was killed
 * @param findings broken promises, with the id or address; empty when it passed
 */
public record AuditDocument(
    boolean passed,
    int kills,
    long seed,
    double seconds,
    int offered,
    long acknowledged,
    long refused,
    long unanswered,
    int delivered,
    int returned,
    int queued,
    long repeated,
    int ndrs,
    List<Point> points,
    List<String> findings) {

  /**
   * One kind of moment.
   *
   * @param kills planned there
   * @param met how many of them ended the program there; the others came too late and were at a
   *     random moment
   */
  public record Point(String name, int kills, int met) {}
}
