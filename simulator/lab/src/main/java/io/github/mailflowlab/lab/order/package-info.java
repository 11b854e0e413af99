/**
 * Orders for faults: where, who, what, when and for how long. See {@link
 * io.github.mailflowlab.lab.order.FaultOrder}.
 */
@NullMarked
package io.github.mailflowlab.lab.order;

import org.jspecify.annotations.NullMarked;
