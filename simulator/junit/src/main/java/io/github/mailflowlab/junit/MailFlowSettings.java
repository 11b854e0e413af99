package io.github.mailflowlab.junit;

import io.github.mailflowlab.alerting.AlertSettings;
import io.github.mailflowlab.config.Timeouts;
import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.retry.RetryPolicy;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What was chosen with {@link MailFlowExtension.Builder}.
 *
 * @param start of the clock; absent for now
 * @param seed absent for the usual one
 */
record MailFlowSettings(
    Optional<Instant> start,
    OptionalLong seed,
    TlsSettings tls,
    RetryPolicy retry,
    AlertSettings alerts,
    Timeouts timeouts) {}
