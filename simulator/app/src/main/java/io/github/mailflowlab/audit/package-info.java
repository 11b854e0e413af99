/**
 * The crash audit, {@link io.github.mailflowlab.audit.CrashAudit}: kills the real program, a {@link
 * io.github.mailflowlab.audit.ChildProgram}, again and again, and compares what it kept with a
 * ledger of its own. Knows the program by SMTP and REST only.
 */
@NullMarked
package io.github.mailflowlab.audit;

import org.jspecify.annotations.NullMarked;
