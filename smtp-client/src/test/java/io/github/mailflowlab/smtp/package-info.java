/** Tests of the SMTP client on real sockets, against the lab's faults. */
@NullMarked
package io.github.mailflowlab.smtp;

import org.jspecify.annotations.NullMarked;
