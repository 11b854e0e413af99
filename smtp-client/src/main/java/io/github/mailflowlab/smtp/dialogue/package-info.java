/**
 * SMTP without I/O: events in, actions out. See {@link
 * io.github.mailflowlab.smtp.dialogue.SmtpDialogue}.
 */
@NullMarked
package io.github.mailflowlab.smtp.dialogue;

import org.jspecify.annotations.NullMarked;
