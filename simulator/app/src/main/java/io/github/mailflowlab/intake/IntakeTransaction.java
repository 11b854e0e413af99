package io.github.mailflowlab.intake;

import io.github.mailflowlab.mail.BodyType;
import io.github.mailflowlab.mail.Envelope;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.ReversePath;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** An envelope while it is being given. */
final class IntakeTransaction {
  private final ReversePath reversePath;
  private final BodyType declared;
  private final Set<Mailbox> recipients = new LinkedHashSet<>();

  IntakeTransaction(ReversePath reversePath, BodyType declared) {
    this.reversePath = reversePath;
    this.declared = declared;
  }

  void add(Mailbox recipient) {
    recipients.add(recipient);
  }

  int recipientCount() {
    return recipients.size();
  }

  /** The envelope; what was found in the content counts as well as what was declared. */
  Envelope envelope(BodyType found) {
    BodyType bodyType = declared == BodyType.EIGHT_BIT_MIME ? declared : found;
    return new Envelope(reversePath, List.copyOf(recipients), bodyType);
  }
}
