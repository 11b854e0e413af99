/** One running lab, put together: {@link io.github.mailflowlab.node.Node}. */
@NullMarked
package io.github.mailflowlab.node;

import org.jspecify.annotations.NullMarked;
