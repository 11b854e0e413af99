package io.github.mailflowlab.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
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
    "dns.nodata-bare,   A,    false, NOERROR,  nothing",
    "dns.nodata-bare,   MX,   true,  NOERROR,  nothing",
    "dns.servfail,      A,    false, SERVFAIL, nothing",
    "dns.servfail,      MX,   true,  SERVFAIL, nothing",
    "dns.refused,       A,    false, REFUSED,  nothing",
    "dns.formerr,       MX,   false, FORMERR,  nothing",
    "dns.notimp,        AAAA, false, NOTIMP,   nothing",
    "dns.tc-tcp-ok,     A,    true,  NOERROR,  127.0.0.1",
    "dns.tc-tcp-ok,     MX,   true,  NOERROR,  SOA",
    "dns.dnssec-bogus,  A,    false, SERVFAIL, nothing",
    "dns.wrong-address, A,    false, NOERROR,  127.0.0.2",
    "dns.stale,         A,    false, NOERROR,  127.0.0.2",
    "dns.unroutable,    A,    false, NOERROR,  127.0.0.2",
    "dns.unroutable,    MX,   false, NOERROR,  SOA",
    "dns.partial,       A,    false, NOERROR,  127.0.0.1",
    "dns.partial,       AAAA, false, SERVFAIL, nothing",
    "dns.null-mx,       MX,   false, NOERROR,  0 .",
    "dns.null-mx,       A,    false, NOERROR,  127.0.0.1",
    "dns.mx-nxdomain,   MX,   false, NXDOMAIN, SOA",
    "tcp.one-of-n,      A,    false, NOERROR,  127.0.0.2 127.0.0.1",
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
    "dns.tc-tcp-ok,      A",
    "dns.tc-tcp-ok,      MX",
    "dns.tc-tcp-refused, AAAA",
    "dns.tc-tcp-silent,  A"
  })
  void cutsShortOverUdp(String id, String type) throws IOException {
    try (StagedFault fault = lab.stage(id)) {
      Message overUdp = askOnceOverUdp(fault, Type.value(type));
      assertThat(overUdp.getHeader().getFlag(Flags.TC)).isTrue();
      assertThat(content(overUdp)).isEqualTo("nothing");
    }
  }

  @Test
  void staysSilentOverTcpWhereThatIsTheFault() {
    try (StagedFault fault = lab.stage("dns.tc-tcp-silent")) {
      assertThatThrownBy(() -> ask(fault.smartHost().host(), Type.A, true, IMPATIENCE))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void refusesTcpAtAServerOfTheFaultsOwn() throws IOException {
    try (StagedFault fault = lab.stage("dns.tc-tcp-refused");
        StagedFault other = lab.stage("dns.tc-tcp-ok")) {
      InetSocketAddress own = server(fault);
      assertThat(own).isNotEqualTo(lab.dns());
      assertThatThrownBy(() -> connectOverTcp(own)).isInstanceOf(ConnectException.class);
      assertThat(addressOf(other)).isEqualTo("NOERROR 127.0.0.1");

      fault.repair();
      connectOverTcp(own);
      assertThat(addressOf(fault)).isEqualTo("NOERROR 127.0.0.1");

      fault.breakAgain();
      assertThatThrownBy(() -> connectOverTcp(own)).isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void endsOpenTcpConnectionsWhenItClosesThePort() throws IOException {
    try (StagedFault fault = lab.stage("dns.tc-tcp-refused");
        Socket open = new Socket()) {
      fault.repair();
      open.connect(server(fault));
      open.setSoTimeout((int) PATIENCE.toMillis());
      fault.breakAgain();
      assertThat(isEnded(open)).isTrue();
    }
  }

  /** By FIN, or by RST where the server had not yet accepted it. */
  private static boolean isEnded(Socket open) throws IOException {
    try {
      return open.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SocketException e) {
      return true;
    }
  }

  @Test
  void leadsToAnAddressThatNobodyCanConnectTo() throws IOException {
    try (StagedFault fault = lab.stage("tcp.unreachable");
        Socket socket = new Socket()) {
      assertThat(addressOf(fault)).isEqualTo("NOERROR 127.255.255.255");
      InetSocketAddress nowhere =
          new InetSocketAddress("127.255.255.255", fault.smartHost().port());
      assertThatThrownBy(() -> socket.connect(nowhere, (int) PATIENCE.toMillis()))
          .isInstanceOf(SocketException.class)
          .isNotInstanceOf(ConnectException.class);

      fault.repair();
      assertThat(addressOf(fault)).isEqualTo("NOERROR 127.0.0.1");
    }
  }

  @Test
  void closesAServerOfTheFaultsOwn() throws IOException {
    try (StagedFault fault = lab.stage("dns.server-down")) {
      assertPortUnreachable(server(fault));
      assertThatThrownBy(() -> connectOverTcp(server(fault))).isInstanceOf(ConnectException.class);

      fault.repair();
      assertThat(addressOf(fault)).isEqualTo("NOERROR 127.0.0.1");

      fault.breakAgain();
      assertPortUnreachable(server(fault));
    }
  }

  @Test
  void keepsThePortOfAServerThatIsDown() {
    try (StagedFault fault = lab.stage("dns.server-down")) {
      assertThatThrownBy(() -> new DatagramSocket(server(fault)).close())
          .isInstanceOf(BindException.class);
    }
  }

  @Test
  void refusesAtOneOfTwoServers() throws IOException {
    try (StagedFault fault = lab.stage("dns.lame-refused")) {
      InetSocketAddress lame = fault.dnsServers().get(0);
      String name = fault.smartHost().host();
      assertThat(ask(lame, name, Type.A).getRcode()).isEqualTo(Rcode.REFUSED);
      assertThat(content(ask(fault.dnsServers().get(1), name, Type.A))).isEqualTo("127.0.0.1");

      fault.repair();
      assertThat(content(ask(lame, name, Type.A))).isEqualTo("127.0.0.1");
    }
  }

  @Test
  void knowsAllNamesAtEveryServer() throws IOException {
    try (StagedFault own = lab.stage("dns.lame-refused");
        StagedFault healthy = lab.stageHealthy()) {
      String name = healthy.smartHost().host();
      assertThat(content(ask(own.dnsServers().get(1), name, Type.A))).isEqualTo("127.0.0.1");
    }
  }

  /** The host asked first, and where each answer leads; {@code !} for a name that is not there. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "dns.cname-self,     'host > host'",
    "dns.cname-cycle,    'host > other.host > host'",
    "dns.cname-chain,    'host > alias-1.host > alias-2.host > alias-3.host > alias-4.host'",
    "dns.cname-dangling, 'host > gone.host > !'"
  })
  void leadsFromAliasToAlias(String id, String path) throws IOException {
    try (StagedFault fault = lab.stage(id)) {
      String host = fault.smartHost().host();
      StringBuilder way = new StringBuilder("host");
      String name = host;
      while (way.length() < path.length()) {
        Message answer = ask(name, Type.A, false);
        boolean isAlias = answer.getRcode() == Rcode.NOERROR;
        name = isAlias ? content(answer).replaceFirst("[.]$", "") : "!";
        way.append(" > ").append(name.replace(host, "host"));
      }
      assertThat(way).hasToString(path);
    }
  }

  @Test
  void refersToTheRootWithoutAuthority() throws IOException {
    try (StagedFault fault = lab.stage("dns.lame-referral")) {
      Message answer = ask(fault.smartHost().host(), Type.A, false);
      assertThat(answer.getHeader().getFlag(Flags.AA)).isFalse();
      assertThat(answer.getSection(Section.ANSWER)).isEmpty();
      assertThat(answer.getSection(Section.AUTHORITY).get(0))
          .isInstanceOfSatisfying(
              NSRecord.class, ns -> assertThat(ns.getName()).isEqualTo(Name.root));
    }
  }

  @Test
  void saysWhyASignatureDoesNotVerifyAndAnswersWhoDoesNotCare() throws IOException {
    try (StagedFault fault = lab.stage("dns.dnssec-bogus")) {
      Message query = query(fault.smartHost().host(), Type.A);
      assertThat(send(lab.dns(), query, false, PATIENCE).getOPT().getOptions())
          .hasOnlyElementsOfType(ExtendedErrorCodeOption.class);
      query.getHeader().setFlag(Flags.CD);
      assertThat(content(send(lab.dns(), query, false, PATIENCE))).isEqualTo("127.0.0.1");
    }
  }

  @Test
  void losesTheFirstQuestionOfEachType() throws IOException {
    try (StagedFault fault = lab.stage("dns.drop-first-n")) {
      String name = fault.smartHost().host();
      for (int type : List.of(Type.A, Type.MX)) {
        assertThatThrownBy(() -> ask(name, type, false, IMPATIENCE))
            .isInstanceOf(IOException.class);
        assertThat(ask(name, type, false).getRcode()).isEqualTo(Rcode.NOERROR);
      }
      fault.breakAgain();
      assertThatThrownBy(() -> ask(name, Type.A, false, IMPATIENCE))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void alternatesBetweenABadAndAGoodAddress() throws IOException {
    try (StagedFault fault = lab.stage("dns.flap")) {
      assertThat(addressOf(fault)).isEqualTo("NOERROR 127.0.0.2");
      assertThat(addressOf(fault)).isEqualTo("NOERROR 127.0.0.1");
      assertThat(addressOf(fault)).isEqualTo("NOERROR 127.0.0.2");
    }
  }

  @Test
  void letsAnOldAddressBeKeptForADayAndANewOneNotAtAll() throws IOException {
    try (StagedFault fault = lab.stage("dns.stale")) {
      assertThat(ttlOf(fault)).isEqualTo(86_400);
      fault.repair();
      assertThat(ttlOf(fault)).isZero();
    }
  }

  @Test
  void answersLateButAnswers() throws IOException {
    try (StagedFault fault = lab.stage("dns.slow")) {
      String name = fault.smartHost().host();
      assertThatThrownBy(() -> ask(name, Type.A, false, IMPATIENCE))
          .isInstanceOf(IOException.class);
      assertThat(content(ask(name, Type.A, true))).isEqualTo("127.0.0.1");
    }
  }

  /** Raw, since a DNS library shows nothing of what it refuses. */
  @ParameterizedTest(name = "{0}: id {1}, question {2}, {3}")
  @CsvSource({
    "dns.garbage,        same,  none,  unreadable",
    "dns.cut,            same,  same,  unreadable",
    "dns.wrong-id,       other, same,  readable",
    "dns.wrong-question, same,  other, readable"
  })
  void answersWhatIsNoAnswer(String id, String sameId, String question, String readable)
      throws IOException {
    try (StagedFault fault = lab.stage(id)) {
      Message query = query(fault.smartHost().host(), Type.A);
      byte[] wire = askRaw(query);
      boolean hasQueryId =
          (wire[0] & 0xff) << 8 == (query.getHeader().getID() & 0xff00)
              && (wire[1] & 0xff) == (query.getHeader().getID() & 0xff);
      assertThat(hasQueryId ? "same" : "other").isEqualTo(sameId);
      byte[] name = query.getQuestion().getName().toWire();
      boolean hasName =
          wire.length >= 12 + name.length
              && Arrays.equals(name, Arrays.copyOfRange(wire, 12, 12 + name.length));
      assertThat(hasName ? "same" : wire.length > 12 ? "other" : "none").isEqualTo(question);
      assertThat(isReadable(wire) ? "readable" : "unreadable").isEqualTo(readable);
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
    assertThat(Rcode.string(send(lab.dns(), query, false, PATIENCE).getRcode())).isEqualTo(rcode);
  }

  @ParameterizedTest(name = "{0} bytes")
  @CsvSource({"0", "1", "11", "12", "600"})
  void survivesWhatIsNoDns(int length) throws IOException {
    byte[] garbage = new byte[length];
    Arrays.fill(garbage, (byte) 0xff);
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

  private static InetSocketAddress server(StagedFault fault) {
    return fault.dnsServers().get(0);
  }

  private static void connectOverTcp(InetSocketAddress server) throws IOException {
    try (Socket tcp = new Socket()) {
      tcp.connect(server);
    }
  }

  private static void assertPortUnreachable(InetSocketAddress server) throws IOException {
    try (DatagramSocket udp = new DatagramSocket()) {
      udp.setSoTimeout((int) PATIENCE.toMillis());
      udp.connect(server);
      udp.send(new DatagramPacket(new byte[12], 12));
      assertThatThrownBy(() -> udp.receive(new DatagramPacket(new byte[12], 12)))
          .isInstanceOf(PortUnreachableException.class);
    }
  }

  private Message askOnceOverUdp(StagedFault fault, int type) throws IOException {
    SimpleResolver resolver = new SimpleResolver(server(fault));
    resolver.setTimeout(PATIENCE);
    resolver.setIgnoreTruncation(true);
    return resolver.send(query(fault.smartHost().host(), type));
  }

  private byte[] askRaw(Message query) throws IOException {
    try (DatagramSocket udp = new DatagramSocket()) {
      udp.setSoTimeout((int) PATIENCE.toMillis());
      byte[] wire = query.toWire();
      udp.send(new DatagramPacket(wire, wire.length, lab.dns()));
      DatagramPacket reply = new DatagramPacket(new byte[2_048], 2_048);
      udp.receive(reply);
      return Arrays.copyOf(reply.getData(), reply.getLength());
    }
  }

  private static boolean isReadable(byte[] wire) {
    try {
      return new Message(wire).getHeader().getFlag(Flags.QR);
    } catch (IOException e) {
      return false;
    }
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
    Message answer = ask(server(fault), fault.smartHost().host(), Type.A);
    return Rcode.string(answer.getRcode()) + " " + content(answer);
  }

  private long ttlOf(StagedFault fault) throws IOException {
    return ask(fault.smartHost().host(), Type.A, false).getSection(Section.ANSWER).get(0).getTTL();
  }

  private static String content(Message answer) {
    if (!answer.getSection(Section.ANSWER).isEmpty()) {
      return answer.getSection(Section.ANSWER).stream()
          .map(Record::rdataToString)
          .collect(Collectors.joining(" "));
    }
    return answer.getSection(Section.AUTHORITY).stream()
        .map(record -> Type.string(record.getType()))
        .findFirst()
        .orElse("nothing");
  }

  private static Message query(String name, int type) throws IOException {
    return Message.newQuery(Record.newRecord(Name.fromString(name + "."), type, DClass.IN));
  }

  private Message ask(String name, int type, boolean tcp) throws IOException {
    return ask(name, type, tcp, PATIENCE);
  }

  private Message ask(String name, int type, boolean tcp, Duration patience) throws IOException {
    return send(lab.dns(), query(name, type), tcp, patience);
  }

  private static Message ask(InetSocketAddress server, String name, int type) throws IOException {
    return send(server, query(name, type), false, PATIENCE);
  }

  private static Message send(
      InetSocketAddress server, Message query, boolean tcp, Duration patience) throws IOException {
    SimpleResolver resolver = new SimpleResolver(server);
    resolver.setTimeout(patience);
    resolver.setTCP(tcp);
    return resolver.send(query);
  }
}
