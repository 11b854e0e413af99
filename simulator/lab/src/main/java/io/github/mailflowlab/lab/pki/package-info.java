/**
 * The lab's certificate authority, which issues defects to order. See {@link
 * io.github.mailflowlab.lab.pki.LabPki}.
 */
@NullMarked
package io.github.mailflowlab.lab.pki;

import org.jspecify.annotations.NullMarked;
