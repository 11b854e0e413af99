package example;

import static io.github.mailflowlab.junit.MailFlowAssertions.assertThat;

import io.github.mailflowlab.junit.Connector;
import io.github.mailflowlab.junit.MailFlowExtension;
import io.github.mailflowlab.junit.SmartHost;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** In a static field: the class has one lab, and its tests take turns, nested ones too. */
class OneLabForAllTest {
  @RegisterExtension
  static final MailFlowExtension flow = MailFlowExtension.builder().build();

  @RepeatedTest(3)
  void beginsWithNothing(Connector connector, SmartHost host) {
    assertThat(connector.messages()).isEmpty();
    connector.send("bob@onprem.example");
    assertThat(host).hasReceived(1);
  }

  @Nested
  class Inside {
    @Test
    void beginsWithNothingToo(Connector connector, SmartHost host) {
      assertThat(connector.messages()).isEmpty();
      connector.send("bob@onprem.example");
      assertThat(host).hasReceived(1);
    }
  }
}
