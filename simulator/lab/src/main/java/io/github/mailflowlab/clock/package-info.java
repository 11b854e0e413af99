/** The lab's time, which can be steered: {@link io.github.mailflowlab.clock.LabClock}. */
@NullMarked
package io.github.mailflowlab.clock;

import org.jspecify.annotations.NullMarked;
