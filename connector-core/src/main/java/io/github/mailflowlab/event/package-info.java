/**
 * What happened, told to whoever watches: {@link io.github.mailflowlab.event.ConnectorEvent} and
 * {@link io.github.mailflowlab.event.Backlog}.
 */
@NullMarked
package io.github.mailflowlab.event;

import org.jspecify.annotations.NullMarked;
