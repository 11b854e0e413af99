/** Mail comes in here by SMTP, on Netty: {@link io.github.mailflowlab.intake.SmtpIntake}. */
@NullMarked
package io.github.mailflowlab.intake;

import org.jspecify.annotations.NullMarked;
