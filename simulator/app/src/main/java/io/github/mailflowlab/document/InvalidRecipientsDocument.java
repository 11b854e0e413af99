package io.github.mailflowlab.document;

import java.time.Duration;
import java.util.List;

/**
 * Mail for recipients that do not exist, by accepted domain.
 *
 * @param window the time up to now that counts
 */
public record InvalidRecipientsDocument(Duration window, List<Domain> domains) {
  /**
   * One domain.
   *
   * @param refused recipients refused at the edge, 5.4.1
   * @param returned recipients whose mail was taken and came back as unknown, 5.1.10 or 5.1.351
   * @param quota how many of both are much
   * @param exceeded whether they are more
   */
  public record Domain(String domain, long refused, long returned, long quota, boolean exceeded) {}
}
