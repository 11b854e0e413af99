package io.github.mailflowlab.pressure;

/**
 * How far whoever writes has come; what is handed in first is finished first.
 *
 * @param handedIn writes since it began
 * @param finished those of them that are durable or have failed
 */
public record Writes(long handedIn, long finished) {}
