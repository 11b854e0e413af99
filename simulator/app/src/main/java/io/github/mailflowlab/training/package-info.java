/**
 * Break and fix: {@link io.github.mailflowlab.training.Curriculum} has the lessons, {@link
 * io.github.mailflowlab.training.Training} is one that goes on.
 */
@NullMarked
package io.github.mailflowlab.training;

import org.jspecify.annotations.NullMarked;
