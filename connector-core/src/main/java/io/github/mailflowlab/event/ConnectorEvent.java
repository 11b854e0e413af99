package io.github.mailflowlab.event;

import java.util.Optional;

/**
 * A trace event, with whom it concerns. Told after the change it reports is durable.
 *
 * @param connector the connector's name; absent for local delivery
 * @param messageId absent when the whole queue is concerned, as when the next hop failed
 */
public record ConnectorEvent(
    Optional<String> connector, Optional<String> messageId, TraceEvent trace) {}
