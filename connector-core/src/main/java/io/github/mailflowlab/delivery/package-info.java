/**
 * One attempt: the order, the report, and the port between queue and client, {@link
 * io.github.mailflowlab.delivery.Transport}.
 */
@NullMarked
package io.github.mailflowlab.delivery;

import org.jspecify.annotations.NullMarked;
