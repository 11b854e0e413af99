/**
 * The broken on-premises world as real faults on loopback sockets. Start with {@link
 * io.github.mailflowlab.lab.Lab}.
 */
@NullMarked
package io.github.mailflowlab.lab;

import org.jspecify.annotations.NullMarked;
