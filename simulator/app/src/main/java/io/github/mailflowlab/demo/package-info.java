/**
 * The demo: every fault on real sockets through one simulated day, {@link
 * io.github.mailflowlab.demo.Demo}.
 */
@NullMarked
package io.github.mailflowlab.demo;

import org.jspecify.annotations.NullMarked;
