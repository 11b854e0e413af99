/**
 * Failures as values, sealed by origin, and the one pure function that classifies them: {@link
 * io.github.mailflowlab.failure.FailureClassifier}.
 */
@NullMarked
package io.github.mailflowlab.failure;

import org.jspecify.annotations.NullMarked;
