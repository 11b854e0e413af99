package io.github.mailflowlab.junit;

import io.github.mailflowlab.lab.ReceivedMessage;
import org.assertj.core.api.Assertions;

/** AssertJ's assertions, and those for the parts of a mail flow lab. */
public final class MailFlowAssertions extends Assertions {
  private MailFlowAssertions() {}

  public static ConnectorAssert assertThat(Connector connector) {
    return new ConnectorAssert(connector);
  }

  public static SmartHostAssert assertThat(SmartHost host) {
    return new SmartHostAssert(host);
  }

  public static MailboxesAssert assertThat(Mailboxes mailboxes) {
    return new MailboxesAssert(mailboxes);
  }

  public static ReceivedMessageAssert assertThat(ReceivedMessage message) {
    return new ReceivedMessageAssert(message);
  }
}
