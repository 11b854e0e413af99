/**
 * The durable side of the queue: the port {@link io.github.mailflowlab.queue.spool.Spool}, its
 * values, and {@link io.github.mailflowlab.queue.spool.SqliteSpool}.
 */
@NullMarked
package io.github.mailflowlab.queue.spool;

import org.jspecify.annotations.NullMarked;
