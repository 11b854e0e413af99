/** REST and meters over HTTP (design 10): {@link io.github.mailflowlab.api.ApiServer}. */
@NullMarked
package io.github.mailflowlab.api;

import org.jspecify.annotations.NullMarked;
