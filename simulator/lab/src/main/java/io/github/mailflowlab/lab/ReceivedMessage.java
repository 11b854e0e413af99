package io.github.mailflowlab.lab;

import java.util.Arrays;
import java.util.List;

/**
 * A message that a lab host took and stored.
 *
 * @param session the number of the connection over which it came, as in {@link SessionRecord}
 * @param ordinal its place among the messages stored in that session, from 1
 * @param tls whether it came over TLS
 * @param mail the MAIL command, with its parameters
 * @param rcpts the RCPT commands of the accepted recipients, in the order given
 * @param content as sent by DATA, dot-stuffing undone, or by BDAT
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out, compared by its bytes
public record ReceivedMessage(
    int session,
    int ordinal,
    boolean tls,
    PathCommand mail,
    List<PathCommand> rcpts,
    byte[] content) {
  public ReceivedMessage {
    rcpts = List.copyOf(rcpts);
    content = content.clone();
  }

  /** Without angle brackets; empty for the null reverse-path. */
  public String reversePath() {
    return mail.path();
  }

  /** The accepted forward-paths, in the order given. */
  public List<String> recipients() {
    return rcpts.stream().map(PathCommand::path).toList();
  }

  /** The MAIL command as it came. */
  public String mailCommand() {
    return mail.line();
  }

  @Override
  public byte[] content() {
    return content.clone();
  }

  /** How many bytes the content has. */
  public int size() {
    return content.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ReceivedMessage that
        && session == that.session
        && ordinal == that.ordinal
        && tls == that.tls
        && mail.equals(that.mail)
        && rcpts.equals(that.rcpts)
        && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * mail.hashCode() + rcpts.hashCode()) + Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return mail.line() + " to " + recipients() + ", " + content.length + " bytes, tls=" + tls;
  }
}
