/** Tests of the dialogue: scripts, tables and random events. */
@NullMarked
package io.github.mailflowlab.smtp.dialogue;

import org.jspecify.annotations.NullMarked;
