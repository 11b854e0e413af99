/**
 * A JUnit 5 extension: {@link io.github.mailflowlab.junit.MailFlowTest} gives a test an outbound
 * connector, its smart hosts with the faults of the catalogue, and a clock to steer.
 */
@NullMarked
package io.github.mailflowlab.junit;

import org.jspecify.annotations.NullMarked;
