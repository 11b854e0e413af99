/** Where a recipient's mail goes: {@link io.github.mailflowlab.routing.Router}. */
@NullMarked
package io.github.mailflowlab.routing;

import org.jspecify.annotations.NullMarked;
