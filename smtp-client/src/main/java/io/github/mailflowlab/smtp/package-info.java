/**
 * The SMTP client: one attempt, one honest report. The way in is {@link
 * io.github.mailflowlab.smtp.SmtpTransport}.
 */
@NullMarked
package io.github.mailflowlab.smtp;

import org.jspecify.annotations.NullMarked;
