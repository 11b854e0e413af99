package io.github.mailflowlab.document;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** One mail in a mailbox, with the text that a person reads. */
public record MailboxDetail(@JsonUnwrapped MailboxDocument mail, String text) {}
