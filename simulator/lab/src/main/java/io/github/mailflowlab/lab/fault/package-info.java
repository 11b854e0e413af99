/**
 * The faults of the catalogue as rows of a table. See {@link
 * io.github.mailflowlab.lab.fault.FaultTable}.
 */
@NullMarked
package io.github.mailflowlab.lab.fault;

import org.jspecify.annotations.NullMarked;
