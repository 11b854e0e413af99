/**
 * Exchange's validation of a connector against real servers: {@link
 * io.github.mailflowlab.validate.Validation}.
 */
@NullMarked
package io.github.mailflowlab.validate;

import org.jspecify.annotations.NullMarked;
