/**
 * Measures the SMTP client against a sink: {@link io.github.mailflowlab.bench.ClientBench}, as
 * asked for by a {@link io.github.mailflowlab.bench.BenchPlan}.
 */
@NullMarked
package io.github.mailflowlab.bench;

import org.jspecify.annotations.NullMarked;
