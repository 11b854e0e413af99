package io.github.mailflowlab.lab.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

final class Ipv6AnswerTest {
  private static final Name HOST = Name.fromConstantString("mail.contoso.example.");

  @ParameterizedTest(name = "{0} {1}: {2} {3}")
  @CsvSource({
    "mail.contoso.example.,   AAAA, NOERROR,  2001:db8:0:0:0:0:0:1",
    "mail.contoso.example.,   A,    NOERROR,  ",
    "mail.contoso.example.,   MX,   NOERROR,  ",
    "x.mail.contoso.example., AAAA, NXDOMAIN, ",
  })
  void tellsAnAddressOfIpv6Alone(String name, String type, String rcode, String address)
      throws IOException {
    Message query =
        Message.newQuery(Record.newRecord(Name.fromString(name), Type.value(type), DClass.IN));
    DnsReply reply =
        DnsAnswer.ipv6Only("2001:db8::1")
            .reply(new DnsQuestion(query, HOST, 1, false, Addresses.HERE))
            .orElseThrow();

    Message answer = new Message(octets(reply.wire()));
    assertThat(Rcode.string(answer.getRcode())).isEqualTo(rcode);
    assertThat(answer.getSection(Section.ANSWER))
        .extracting(Record::rdataToString)
        .containsExactly(address == null ? new String[0] : new String[] {address});
  }

  private static byte[] octets(ByteBuf wire) {
    byte[] octets = new byte[wire.readableBytes()];
    wire.readBytes(octets);
    return octets;
  }
}
