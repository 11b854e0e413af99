/**
 * What is configured now, and how that is changed while the lab runs: {@link
 * io.github.mailflowlab.tenant.Tenant}.
 */
@NullMarked
package io.github.mailflowlab.tenant;

import org.jspecify.annotations.NullMarked;
