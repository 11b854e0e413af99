/**
 * Smart hosts that obey SMTP except where told otherwise. See {@link
 * io.github.mailflowlab.lab.smtp.LabHost} and {@link io.github.mailflowlab.lab.smtp.Action}.
 */
@NullMarked
package io.github.mailflowlab.lab.smtp;

import org.jspecify.annotations.NullMarked;
