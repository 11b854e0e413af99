/** Tests of the way from names to addresses. */
@NullMarked
package io.github.mailflowlab.smtp.dns;

import org.jspecify.annotations.NullMarked;
