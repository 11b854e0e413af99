/**
 * Other SMTP clients under the load of {@code mailflow bench client}: one main class each, which
 * prints the same measurements. {@code compare.py} runs them side by side.
 */
@NullMarked
package io.github.mailflowlab.compare;

import org.jspecify.annotations.NullMarked;
