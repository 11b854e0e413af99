/** Tests of the NDR. */
@NullMarked
package io.github.mailflowlab.queue.ndr;

import org.jspecify.annotations.NullMarked;
