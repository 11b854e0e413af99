package io.github.mailflowlab.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SmartHostTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "mail.contoso.example, mail.contoso.example, 25, false, mail.contoso.example:25",
    "mail.contoso.example:2525, mail.contoso.example, 2525, false, mail.contoso.example:2525",
    "Mail.contoso.example:1, Mail.contoso.example, 1, false, Mail.contoso.example:1",
    "mail:65535, mail, 65535, false, mail:65535",
    "127.0.0.1, 127.0.0.1, 25, true, [127.0.0.1]:25",
    "127.0.0.1:2525, 127.0.0.1, 2525, true, [127.0.0.1]:2525",
    "[127.0.0.1], 127.0.0.1, 25, true, [127.0.0.1]:25",
    "[127.0.0.1]:2526, 127.0.0.1, 2526, true, [127.0.0.1]:2526",
    "255.255.255.255, 255.255.255.255, 25, true, [255.255.255.255]:25",
    "[::1], ::1, 25, true, [::1]:25",
    "[2001:db8::25]:2525, 2001:db8::25, 2525, true, [2001:db8::25]:2525",
    "[::ffff:127.0.0.1], ::ffff:127.0.0.1, 25, true, [::ffff:127.0.0.1]:25",
    "1.example, 1.example, 25, false, 1.example:25",
  })
  void readsANameOrAnAddressWithOrWithoutAPort(
      String text, String host, int port, boolean isAddress, String printed) {
    SmartHost smartHost = SmartHost.parse(text).orElseThrow();
    assertThat(smartHost).isEqualTo(new SmartHost(host, port)).hasToString(printed);
    assertThat(smartHost.isAddress()).isEqualTo(isAddress);
    assertThat(SmartHost.parse(printed)).contains(smartHost);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":25",
        "mail:",
        "mail:0",
        "mail:65536",
        "mail:999999",
        "mail:25:25",
        "mail:x",
        "mail:-1",
        "256.0.0.1",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.4.",
        "25",
        "::1",
        "[]",
        "[mail]",
        "[mail.contoso.example]:25",
        "[127.0.0.1",
        "127.0.0.1]",
        "[256.0.0.1]",
        "[1.2.3]",
        "[:]",
        "[:::]",
        "[1:2]",
        "[1::2::3]",
        "[12345::]",
        "[1:2:3:4:5:6:7:8:9]",
        "[.:1]",
        "[fe80::1%lo]",
        "[::1]:0",
        "[::1]:65536",
        "[::1]25",
        "a b",
        "mail\r\n",
        "zü rich.example"
      })
  void readsNothingElse(String text) {
    assertThat(SmartHost.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[127.0.0.1]", "1.2.3", "a:b", "mail."})
  void cannotBeMadeOfWhatCannotBeReached(String host) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SmartHost(host, 25))
        .withMessageStartingWith("host: ");
  }

  @Test
  void portsHaveBounds() {
    assertThatIllegalArgumentException().isThrownBy(() -> new SmartHost("mail", 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new SmartHost("mail", 65_536));
  }

  @Test
  void aNameInUnicodeBecomesThatInDns() {
    assertThat(SmartHost.parse("Mail.zürich.example:2525"))
        .contains(new SmartHost("mail.xn--zrich-kva.example", 2525));
  }
}
