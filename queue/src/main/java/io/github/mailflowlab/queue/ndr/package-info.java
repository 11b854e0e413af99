/** The report to the sender: {@link io.github.mailflowlab.queue.ndr.NdrComposer}. */
@NullMarked
package io.github.mailflowlab.queue.ndr;

import org.jspecify.annotations.NullMarked;
