/**
 * Mail as it travels: addresses, envelope and content. See {@link
 * io.github.mailflowlab.mail.Envelope}.
 */
@NullMarked
package io.github.mailflowlab.mail;

import org.jspecify.annotations.NullMarked;
