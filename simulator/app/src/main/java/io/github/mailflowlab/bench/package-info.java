/**
 * Measures the SMTP client against a sink, {@link io.github.mailflowlab.bench.ClientBench}, and a
 * whole relay between a source and a sink, {@link io.github.mailflowlab.bench.RelayBench}, as asked
 * for by a {@link io.github.mailflowlab.bench.BenchPlan} or {@link
 * io.github.mailflowlab.bench.RelayPlan}.
 */
@NullMarked
package io.github.mailflowlab.bench;

import org.jspecify.annotations.NullMarked;
