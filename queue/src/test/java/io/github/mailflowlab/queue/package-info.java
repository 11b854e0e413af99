/** Tests of the queue, on simulated time and with a hand-made transport. */
@NullMarked
package io.github.mailflowlab.queue;

import org.jspecify.annotations.NullMarked;
