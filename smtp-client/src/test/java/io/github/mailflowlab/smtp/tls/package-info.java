/** Tests of names and roots. */
@NullMarked
package io.github.mailflowlab.smtp.tls;

import org.jspecify.annotations.NullMarked;
