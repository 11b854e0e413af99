package io.github.mailflowlab.smtp;

import io.github.mailflowlab.config.Connector;

/**
 * The way of a message: a session that is kept may carry only mail that would take the same one
 * under the same demands.
 *
 * @param connector with all its settings, so that a change of them leads to new sessions
 * @param via the smart host as configured, or the domain whose MX records lead the way
 */
record Route(Connector connector, String via) {}
