/**
 * The durable side of the queue: the port {@link io.github.mailflowlab.queue.spool.Spool}, its
 * values, {@link io.github.mailflowlab.queue.spool.SqliteSpool}, and {@link
 * io.github.mailflowlab.queue.spool.PostgresSpool}.
 */
@NullMarked
package io.github.mailflowlab.queue.spool;

import org.jspecify.annotations.NullMarked;
