package io.github.mailflowlab.scenario;

import java.time.Duration;

/**
 * One thing that happens.
 *
 * @param at after the start
 * @param action what
 */
record Step(Duration at, Action action) {}
