package io.github.mailflowlab.queue.spool;

/**
 * How far a spool has come with what it was given to write, since it was opened. Transactions
 * become durable, or fail, in the order in which they are handed in.
 *
 * @param handedIn transactions
 * @param finished those of them that are durable or have failed
 */
public record WriteProgress(long handedIn, long finished) {}
