package io.github.mailflowlab.pressure;

import java.util.OptionalDouble;

/**
 * What a gauge showed when it was read last.
 *
 * @param name with its unit
 * @param level what follows from it
 * @param reading empty when nobody could tell
 */
public record GaugeState(String name, Marks marks, Level level, OptionalDouble reading) {}
