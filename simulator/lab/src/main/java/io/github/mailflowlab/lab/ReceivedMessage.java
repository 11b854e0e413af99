package io.github.mailflowlab.lab;

import java.util.Arrays;
import java.util.List;

/**
 * A message that a lab host took and stored.
 *
 * @param reversePath without angle brackets; empty for the null reverse-path
 * @param recipients the accepted forward-paths, in the order given
 * @param content between DATA and the final dot, dot-stuffing undone, with the last CRLF
 * @param tls whether it came over TLS
 * @param mailCommand the MAIL command as it came, with its parameters
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out, compared by its bytes
public record ReceivedMessage(
    String reversePath, List<String> recipients, byte[] content, boolean tls, String mailCommand) {
  public ReceivedMessage {
    recipients = List.copyOf(recipients);
    content = content.clone();
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
        && reversePath.equals(that.reversePath)
        && recipients.equals(that.recipients)
        && Arrays.equals(content, that.content)
        && tls == that.tls
        && mailCommand.equals(that.mailCommand);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * reversePath.hashCode() + recipients.hashCode()) + Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return mailCommand + " to " + recipients + ", " + content.length + " bytes, tls=" + tls;
  }
}
