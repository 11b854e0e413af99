/**
 * Octets: replies in ({@link io.github.mailflowlab.smtp.wire.ReplyDecoder}), commands and content
 * out, and the transcript of both.
 */
@NullMarked
package io.github.mailflowlab.smtp.wire;

import org.jspecify.annotations.NullMarked;
