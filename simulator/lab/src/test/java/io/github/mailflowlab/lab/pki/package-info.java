/** Tests of when a certificate is presented, and what is told of it. */
@NullMarked
package io.github.mailflowlab.lab.pki;

import org.jspecify.annotations.NullMarked;
