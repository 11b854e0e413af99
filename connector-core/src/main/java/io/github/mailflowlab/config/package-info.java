/**
 * What an administrator sets: connectors with Exchange's parameter names, timeouts, resolver. See
 * {@link io.github.mailflowlab.config.Connector}.
 */
@NullMarked
package io.github.mailflowlab.config;

import org.jspecify.annotations.NullMarked;
