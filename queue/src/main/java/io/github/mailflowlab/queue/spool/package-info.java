/**
 * The durable side of the queue: the port {@link io.github.mailflowlab.queue.spool.Spool}, its
 * values, {@link io.github.mailflowlab.queue.spool.SqliteSpool}, and {@link
 * io.github.mailflowlab.queue.spool.PostgresSpool} with its {@link
 * io.github.mailflowlab.queue.spool.PostgresUrl}.
 */
@NullMarked
package io.github.mailflowlab.queue.spool;

import org.jspecify.annotations.NullMarked;
