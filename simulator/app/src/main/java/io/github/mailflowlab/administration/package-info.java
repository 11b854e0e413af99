/**
 * The lab's hosts and names as their administrator has them in hand: {@link
 * io.github.mailflowlab.administration.HostAdministration}.
 */
@NullMarked
package io.github.mailflowlab.administration;

import org.jspecify.annotations.NullMarked;
