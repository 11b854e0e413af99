/**
 * The JSON documents of REST and command line (design 12), made from the views of the modules: one
 * record each, and {@link io.github.mailflowlab.document.Json} to write them.
 */
@NullMarked
package io.github.mailflowlab.document;

import org.jspecify.annotations.NullMarked;
