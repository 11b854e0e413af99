/**
 * Time that comes in: {@link io.github.mailflowlab.time.TaskScheduler}, {@link
 * io.github.mailflowlab.time.SimulatedTime} and {@link io.github.mailflowlab.time.WorkInFlight}.
 */
@NullMarked
package io.github.mailflowlab.time;

import org.jspecify.annotations.NullMarked;
