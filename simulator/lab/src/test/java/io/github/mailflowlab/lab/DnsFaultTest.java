package io.github.mailflowlab.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

@ExtendWith(LabExtension.class)
final class DnsFaultTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration IMPATIENCE = Duration.ofMillis(250);

  private final Lab lab;

  DnsFaultTest(Lab lab) {
    this.lab = lab;
  }

  @ParameterizedTest(name = "{0} {1}, TCP: {2}")
  @CsvSource({
    "none,         A,    false, NOERROR,  127.0.0.1",
    "none,         A,    true,  NOERROR,  127.0.0.1",
    "none,         MX,   false, NOERROR,  SOA",
    "none,         AAAA, true,  NOERROR,  SOA",
    "dns.nxdomain, A,    false, NXDOMAIN, SOA",
    "dns.nxdomain, MX,   true,  NXDOMAIN, SOA",
    "dns.nodata,   A,    false, NOERROR,  SOA",
    "dns.nodata,   AAAA, false, NOERROR,  SOA",
    "dns.servfail, A,    false, SERVFAIL, nothing",
    "dns.servfail, MX,   true,  SERVFAIL, nothing"
  })
  void answers(String id, String type, boolean tcp, String rcode, String content)
      throws IOException {
    try (StagedFault fault = id.equals("none") ? lab.stageHealthy() : lab.stage(id)) {
      Message answer = ask(fault.smartHost().host(), Type.value(type), tcp);
      assertThat(Rcode.string(answer.getRcode())).isEqualTo(rcode);
      assertThat(answer.getHeader().getFlag(Flags.AA)).isTrue();
      assertThat(content(answer)).isEqualTo(content);
    }
  }

  @Test
  void staysSilentOverUdpAndTcp() {
    try (StagedFault fault = lab.stage("dns.timeout")) {
      String name = fault.smartHost().host();
      assertThatThrownBy(() -> ask(name, Type.A, false, IMPATIENCE))
          .hasRootCauseInstanceOf(java.util.concurrent.TimeoutException.class);
      assertThatThrownBy(() -> ask(name, Type.MX, true, IMPATIENCE))
          .isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "dns.tc-tcp-ok,      A,    127.0.0.1",
    "dns.tc-tcp-ok,      MX,   SOA",
    "dns.tc-tcp-refused, A,    refused",
    "dns.tc-tcp-refused, AAAA, refused"
  })
  void cutsShortOverUdpWhatTcpGivesOrRefuses(String id, String type, String overTcp)
      throws IOException {
    try (StagedFault fault = lab.stage(id)) {
      String name = fault.smartHost().host();
      Message overUdp = askOnceOverUdp(name, Type.value(type));
      assertThat(overUdp.getHeader().getFlag(Flags.TC)).isTrue();
      assertThat(content(overUdp)).isEqualTo("nothing");
      if (overTcp.equals("refused")) {
        assertThatThrownBy(this::connectOverTcp).isInstanceOf(ConnectException.class);
      } else {
        assertThat(content(ask(name, Type.value(type), true))).isEqualTo(overTcp);
      }
    }
  }

  @Test
  void closesItsTcpPortOnlyAsLongAsAFaultNeedsIt() throws IOException {
    try (StagedFault first = lab.stage("dns.tc-tcp-refused");
        StagedFault second = lab.stage("dns.tc-tcp-refused")) {
      first.repair();
      assertThatThrownBy(this::connectOverTcp).isInstanceOf(ConnectException.class);
      assertThat(addressOf(first)).isEqualTo("NOERROR 127.0.0.1");
      second.repair();
      connectOverTcp();
      second.breakAgain();
      assertThatThrownBy(this::connectOverTcp).isInstanceOf(ConnectException.class);
    }
    connectOverTcp();
  }

  @Test
  void endsOpenTcpConnectionsWhenItClosesThePort() throws IOException {
    try (Socket open = new Socket()) {
      open.connect(lab.dns());
      open.setSoTimeout((int) PATIENCE.toMillis());
      lab.stage("dns.tc-tcp-refused").close();
      assertThat(open.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void servesManyFaultsAtOnceAndFollowsRepairs() throws IOException {
    try (StagedFault gone = lab.stage("dns.nxdomain");
        StagedFault empty = lab.stage("dns.nodata");
        StagedFault refusing = lab.stage("tcp.refused")) {
      assertThat(addressOf(gone)).isEqualTo("NXDOMAIN SOA");
      assertThat(addressOf(empty)).isEqualTo("NOERROR SOA");
      assertThat(addressOf(refusing)).isEqualTo("NOERROR 127.0.0.1");
      gone.repair();
      assertThat(addressOf(gone)).isEqualTo("NOERROR 127.0.0.1");
      assertThat(addressOf(empty)).isEqualTo("NOERROR SOA");
      gone.breakAgain();
      assertThat(addressOf(gone)).isEqualTo("NXDOMAIN SOA");
    }
  }

  @Test
  void forgetsAHostThatIsClosed() throws IOException {
    StagedFault host = lab.stageHealthy();
    assertThat(addressOf(host)).isEqualTo("NOERROR 127.0.0.1");
    host.close();
    assertThat(addressOf(host)).isEqualTo("NXDOMAIN SOA");
  }

  @Test
  void comparesNamesInAnyCaseAndGivesBackTheCaseAsked() throws IOException {
    try (StagedFault host = lab.stageHealthy()) {
      String shouted = host.smartHost().host().toUpperCase(java.util.Locale.ROOT);
      Record record = ask(shouted, Type.A, false).getSection(Section.ANSWER).get(0);
      assertThat(record.getName().toString(true)).isEqualTo(shouted);
    }
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({
    "unknown.lab.example, IN, QUERY,  NXDOMAIN",
    "lab.example,         IN, QUERY,  NOERROR",
    "contoso.example,     IN, QUERY,  REFUSED",
    "lab.example,         CH, QUERY,  REFUSED",
    "lab.example,         IN, UPDATE, NOTIMP"
  })
  void knowsItsLimits(String name, String dclass, String opcode, String rcode) throws IOException {
    Record question = Record.newRecord(Name.fromString(name + "."), Type.A, DClass.value(dclass));
    Message query = Message.newQuery(question);
    query.getHeader().setOpcode(Opcode.value(opcode));
    assertThat(Rcode.string(send(query, false, PATIENCE).getRcode())).isEqualTo(rcode);
  }

  @ParameterizedTest(name = "{0} bytes")
  @CsvSource({"0", "1", "11", "12", "600"})
  void survivesWhatIsNoDns(int length) throws IOException {
    byte[] garbage = new byte[length];
    java.util.Arrays.fill(garbage, (byte) 0xff);
    try (DatagramSocket udp = new DatagramSocket()) {
      udp.send(new DatagramPacket(garbage, length, lab.dns()));
    }
    try (Socket tcp = new Socket()) {
      tcp.connect(lab.dns());
      tcp.setSoTimeout((int) PATIENCE.toMillis());
      tcp.getOutputStream().write(new byte[] {(byte) (length >> 8), (byte) length});
      tcp.getOutputStream().write(garbage);
      if (length > 0) {
        assertThat(endOrSilence(tcp)).isNotEqualTo("answer");
      }
    }
    assertThat(ask("lab.example", Type.A, false).getRcode()).isEqualTo(Rcode.NOERROR);
  }

  private void connectOverTcp() throws IOException {
    try (Socket tcp = new Socket()) {
      tcp.connect(lab.dns());
    }
  }

  private Message askOnceOverUdp(String name, int type) throws IOException {
    SimpleResolver resolver = new SimpleResolver(lab.dns());
    resolver.setTimeout(PATIENCE);
    resolver.setIgnoreTruncation(true);
    Record question = Record.newRecord(Name.fromString(name + "."), type, DClass.IN);
    return resolver.send(Message.newQuery(question));
  }

  private static String endOrSilence(Socket tcp) throws IOException {
    tcp.setSoTimeout((int) IMPATIENCE.toMillis());
    try {
      return new DataInputStream(tcp.getInputStream()).read() < 0 ? "end" : "answer";
    } catch (SocketTimeoutException e) {
      return "silence";
    }
  }

  private String addressOf(StagedFault fault) throws IOException {
    Message answer = ask(fault.smartHost().host(), Type.A, false);
    return Rcode.string(answer.getRcode()) + " " + content(answer);
  }

  private static String content(Message answer) {
    if (!answer.getSection(Section.ANSWER).isEmpty()) {
      return answer.getSection(Section.ANSWER).get(0).rdataToString();
    }
    return answer.getSection(Section.AUTHORITY).stream()
        .map(record -> Type.string(record.getType()))
        .findFirst()
        .orElse("nothing");
  }

  private Message ask(String name, int type, boolean tcp) throws IOException {
    return ask(name, type, tcp, PATIENCE);
  }

  private Message ask(String name, int type, boolean tcp, Duration patience) throws IOException {
    Record question = Record.newRecord(Name.fromString(name + "."), type, DClass.IN);
    return send(Message.newQuery(question), tcp, patience);
  }

  private Message send(Message query, boolean tcp, Duration patience) throws IOException {
    SimpleResolver resolver = new SimpleResolver(lab.dns());
    resolver.setTimeout(patience);
    resolver.setTCP(tcp);
    return resolver.send(query);
  }
}
