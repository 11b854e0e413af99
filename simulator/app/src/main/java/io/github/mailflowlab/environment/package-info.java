/**
 * The lab's hosts as they are written down: {@link io.github.mailflowlab.environment.HostsSection}
 * and {@link io.github.mailflowlab.environment.FaultSection}.
 */
@NullMarked
package io.github.mailflowlab.environment;

import org.jspecify.annotations.NullMarked;
