/** Tests of the certificates' plan. */
@NullMarked
package io.github.mailflowlab.lab.pki;

import org.jspecify.annotations.NullMarked;
