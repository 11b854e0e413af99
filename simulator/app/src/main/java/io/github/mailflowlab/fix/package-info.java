/**
 * What an administrator does about mail to a place that no longer exists: {@link
 * io.github.mailflowlab.fix.FixNow}.
 */
@NullMarked
package io.github.mailflowlab.fix;

import org.jspecify.annotations.NullMarked;
