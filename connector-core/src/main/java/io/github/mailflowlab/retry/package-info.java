/** When to try again and when to give up: {@link io.github.mailflowlab.retry.RetryPolicy}. */
@NullMarked
package io.github.mailflowlab.retry;

import org.jspecify.annotations.NullMarked;
