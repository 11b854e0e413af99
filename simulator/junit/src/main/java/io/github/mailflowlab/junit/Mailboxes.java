package io.github.mailflowlab.junit;

import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.MessageContent;
import io.github.mailflowlab.queue.MailboxView;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * The mailboxes of {@code contoso.example}, the senders' domain: there NDRs and other reports
 * arrive. Any thread.
 */
public final class Mailboxes {
  private static final int MAX = 1000;

  private final TestLab lab;

  Mailboxes(TestLab lab) {
    this.lab = lab;
  }

  /**
   * What is in a mailbox, the newest first; at most a thousand.
   *
   * @throws IllegalArgumentException when it is no address
   */
  public List<MailboxView> of(String address) {
    return lab.relay().queue().mailbox(Mailbox.of(address), MAX, Optional.empty()).items();
  }

  /** The octets of one mail. */
  public byte[] content(MailboxView mail) {
    MessageContent content =
        lab.relay().queue().mailboxContent(mail.mailbox(), mail.id()).orElseThrow();
    try (InputStream in = content.open()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
