/**
 * Back-pressure: what tells that mail comes in faster than it can be kept, and how fast it is taken
 * therefore. {@link io.github.mailflowlab.pressure.Pressure}, its {@link
 * io.github.mailflowlab.pressure.Level}, {@link io.github.mailflowlab.pressure.Marks}, {@link
 * io.github.mailflowlab.pressure.PressureSettings} and {@link
 * io.github.mailflowlab.pressure.PressureMeters}.
 */
@NullMarked
package io.github.mailflowlab.pressure;

import org.jspecify.annotations.NullMarked;
