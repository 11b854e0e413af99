/**
 * The command line (design 9): {@link io.github.mailflowlab.cli.MailFlow} and its commands, one
 * class each.
 */
@NullMarked
package io.github.mailflowlab.cli;

import org.jspecify.annotations.NullMarked;
