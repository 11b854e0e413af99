package io.github.mailflowlab.audit;

import java.util.List;
import java.util.Map;

/**
 * What the program says it has, after its last life.
 *
 * @param messages in the order of its list
 * @param ndrs the recipients that each of them returns
 */
record Kept(List<Message> messages, List<List<String>> ndrs) {
  /** One message, and what became of each recipient: Pending, Delivered or Failed. */
  record Message(String id, Map<String, String> recipients) {}
}
