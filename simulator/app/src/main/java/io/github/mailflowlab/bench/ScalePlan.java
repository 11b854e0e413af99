package io.github.mailflowlab.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * What to measure of a node with a long queue.
 *
 * @param data a folder that is made, on the disk to be measured
 * @param messages that wait for a host which is not there; at least 1
 * @param size octets of a body; a short header comes on top
 * @param others messages through another connector meanwhile; at least 1
 * @param node the words that start a node, up to {@code --config} and without it
 */
public record ScalePlan(Path data, int messages, int size, int others, List<String> node) {
  public ScalePlan {
    BenchPlan.require("messages", messages, 1, Integer.MAX_VALUE);
    BenchPlan.require("size", size, 1, 35_000_000);
    BenchPlan.require("others", others, 1, Integer.MAX_VALUE);
    node = List.copyOf(node);
  }
}
