package io.github.mailflowlab.queue.ndr;

import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.OriginalRecipient;
import io.github.mailflowlab.status.SmtpReply;
import java.util.Optional;

/**
 * A recipient whose message got on.
 *
 * @param orcpt as of the envelope
 * @param reply what the next hop, or our own mailbox store, said to it
 * @param takenBy the next hop; absent for a mailbox of the lab
 */
public record ReachedRecipient(
    Mailbox address,
    Optional<OriginalRecipient> orcpt,
    SmtpReply reply,
    Optional<String> takenBy) {}
