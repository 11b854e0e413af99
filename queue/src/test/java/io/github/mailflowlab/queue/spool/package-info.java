/** Tests of the spool: the contract of the port, and what only files can do. */
@NullMarked
package io.github.mailflowlab.queue.spool;

import org.jspecify.annotations.NullMarked;
