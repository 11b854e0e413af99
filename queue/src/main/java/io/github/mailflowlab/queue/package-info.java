/**
 * The persistent retry queue: {@link io.github.mailflowlab.queue.MailQueue} and what it shows of
 * itself.
 */
@NullMarked
package io.github.mailflowlab.queue;

import org.jspecify.annotations.NullMarked;
