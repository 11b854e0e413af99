/** Tests of octets in and out: cut at every place. */
@NullMarked
package io.github.mailflowlab.smtp.wire;

import org.jspecify.annotations.NullMarked;
