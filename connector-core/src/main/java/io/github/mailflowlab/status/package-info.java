/**
 * Replies and status codes, and the only list of the connector's own codes: {@link
 * io.github.mailflowlab.status.ConnectorStatus}.
 */
@NullMarked
package io.github.mailflowlab.status;

import org.jspecify.annotations.NullMarked;
