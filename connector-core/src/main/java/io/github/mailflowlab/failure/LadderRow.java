package io.github.mailflowlab.failure;

import io.github.mailflowlab.status.ConnectorStatus;
import java.util.Optional;

/**
 * One row of the decision ladder (failure-catalogue 1.1).
 *
 * @param number the row's number there
 * @param observation what has to be seen for this row
 * @param scope whom it concerns
 * @param condition the connector's own code; absent where a reply, the remote's or ours, is the
 *     error
 */
public record LadderRow(
    int number, Observation observation, Scope scope, Optional<ConnectorStatus> condition) {}
