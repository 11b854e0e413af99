package io.github.mailflowlab.junit;

import io.github.mailflowlab.lab.ReceivedMessage;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** What a smart host must have seen. */
public final class SmartHostAssert extends AbstractAssert<SmartHostAssert, SmartHost> {
  SmartHostAssert(SmartHost host) {
    super(host, SmartHostAssert.class);
  }

  /** It stored so many messages, duplicates included. */
  public SmartHostAssert hasReceived(int count) {
    isNotNull();
    List<ReceivedMessage> received = actual.received();
    if (received.size() != count) {
      throw failure(
          "Expected %s messages at %s, but it has %s: %s",
          count, actual, received.size(), received);
    }
    return this;
  }

  /** Exactly one message for this recipient is there; goes on with it. */
  public ReceivedMessageAssert hasReceivedOnce(String recipient) {
    isNotNull();
    List<ReceivedMessage> found =
        actual.received().stream().filter(one -> one.recipients().contains(recipient)).toList();
    if (found.size() != 1) {
      throw failure(
          "Expected one message for %s at %s, but it has %s: %s",
          recipient, actual, found.size(), actual.received());
    }
    return new ReceivedMessageAssert(found.get(0));
  }

  /** So many connections became sessions. */
  public SmartHostAssert hadSessions(int count) {
    isNotNull();
    if (actual.sessions().size() != count) {
      throw failure(
          "Expected %s sessions at %s, but there were %s: %s",
          count, actual, actual.sessions().size(), actual.sessions());
    }
    return this;
  }
}
