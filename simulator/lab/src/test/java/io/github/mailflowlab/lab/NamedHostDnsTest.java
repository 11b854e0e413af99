package io.github.mailflowlab.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mailflowlab.lab.order.FaultOrder;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

final class NamedHostDnsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final AtomicReference<Instant> now = new AtomicReference<>(LabExtension.LAB_TIME);
  private final Lab lab = Lab.start(now::get);

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void knowsAHostInAnyDomain() throws IOException {
    lab.host("mail.contoso.example", 0);
    assertThat(ask("mail.contoso.example", Type.A)).isEqualTo("NOERROR 127.0.0.1");
    assertThat(ask("MAIL.contoso.example", Type.MX)).isEqualTo("NOERROR SOA");
    assertThat(ask("below.mail.contoso.example", Type.A)).isEqualTo("NXDOMAIN SOA");
    assertThat(ask("beside.contoso.example", Type.A)).isEqualTo("NXDOMAIN SOA");
    assertThat(ask("mail.fabrikam.example", Type.A)).isEqualTo("REFUSED ");
    assertThat(ask("none.lab.example", Type.A)).isEqualTo("NXDOMAIN SOA");
  }

  @Test
  void forgetsAHostThatIsClosed() throws IOException {
    NamedHost host = lab.host(HostPlan.of("mail.contoso.example", 0).withMailOf("contoso.example"));
    host.close();
    assertThat(ask("mail.contoso.example", Type.A)).isEqualTo("REFUSED ");
    assertThat(ask("contoso.example", Type.MX)).isEqualTo("REFUSED ");
    assertThat(lab.hosts()).isEmpty();
  }

  @Test
  void namesTheHostsThatTakeADomainsMail() throws IOException {
    NamedHost one = lab.host(HostPlan.of("mx1.contoso.example", 0).withMailOf("contoso.example"));
    NamedHost two =
        lab.host(
            HostPlan.of("mx2.contoso.example", one.smartHost().port())
                .at("127.0.0.3")
                .withMailOf("contoso.example"));
    assertThat(ask("contoso.example", Type.MX))
        .isEqualTo("NOERROR 10 mx1.contoso.example. 20 mx2.contoso.example.");
    assertThat(ask("contoso.example", Type.A)).isEqualTo("NOERROR SOA");
    assertThat(ask("mx2.contoso.example", Type.A)).isEqualTo("NOERROR 127.0.0.3");
    lab.mx("contoso.example", two, one);
    assertThat(ask("contoso.example", Type.MX))
        .isEqualTo("NOERROR 10 mx2.contoso.example. 20 mx1.contoso.example.");
    two.close();
    assertThat(ask("contoso.example", Type.MX)).isEqualTo("NOERROR 10 mx1.contoso.example.");
    lab.mx("contoso.example");
    assertThat(ask("contoso.example", Type.MX)).isEqualTo("NXDOMAIN SOA");
  }

  @Test
  void keepsAnOldAddressUntilItHasRunOut() throws IOException {
    NamedHost host = lab.host(HostPlan.of("mail.contoso.example", 0).withTtl(Duration.ofHours(1)));
    host.moveName(List.of("127.0.0.2", "127.0.0.3"));
    assertThat(ask("mail.contoso.example", Type.A)).isEqualTo("NOERROR 127.0.0.1");
    now.updateAndGet(time -> time.plus(Duration.ofMinutes(59)));
    assertThat(ask("mail.contoso.example", Type.A)).isEqualTo("NOERROR 127.0.0.1");
    now.updateAndGet(time -> time.plus(Duration.ofMinutes(1)));
    assertThat(ask("mail.contoso.example", Type.A)).isEqualTo("NOERROR 127.0.0.2 127.0.0.3");
    assertThatThrownBy(() -> host.moveName(List.of("192.0.2.1")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void movesANameThatIsNotKeptAtOnce() throws IOException {
    NamedHost host = lab.host("mail.contoso.example", 0);
    host.moveName(List.of("127.0.0.2"));
    assertThat(ask("mail.contoso.example", Type.A)).isEqualTo("NOERROR 127.0.0.2");
  }

  @Test
  void breaksANameForATime() throws IOException {
    NamedHost host = lab.host("mail.contoso.example", 0);
    host.add(FaultOrder.of("dns.servfail").lasting(Duration.ofHours(30)));
    assertThat(lab.neverMet()).containsOnlyKeys("mail.contoso.example");
    assertThat(ask("mail.contoso.example", Type.A)).isEqualTo("SERVFAIL ");
    assertThat(lab.neverMet()).isEmpty();
    now.updateAndGet(time -> time.plus(Duration.ofHours(30)));
    assertThat(ask("mail.contoso.example", Type.A)).isEqualTo("NOERROR 127.0.0.1");
  }

  @Test
  void breaksADomainWhoseMailAHostTakes() throws IOException {
    NamedHost host = lab.host(HostPlan.of("mail.contoso.example", 0).withMailOf("contoso.example"));
    host.add(FaultOrder.of("dns.null-mx"));
    assertThat(ask("contoso.example", Type.MX)).isEqualTo("NOERROR 0 .");
    assertThat(ask("mail.contoso.example", Type.A)).isEqualTo("NOERROR 127.0.0.1");
    host.clear();
    assertThat(ask("contoso.example", Type.MX)).isEqualTo("NOERROR 10 mail.contoso.example.");
  }

  @Test
  void letsAHostHaveTheNameOfTheDomainWhoseMailItTakes() throws IOException {
    lab.host(HostPlan.of("contoso.example", 0).withMailOf("contoso.example"));
    assertThat(ask("contoso.example", Type.MX)).isEqualTo("NOERROR 10 contoso.example.");
    assertThat(ask("contoso.example", Type.A)).isEqualTo("NOERROR 127.0.0.1");
  }

  @Test
  void refusesAFaultThatEndsAtATimeWhereNobodyCanKeepIt() {
    NamedHost host = lab.host("mail.contoso.example", 0);
    assertThatThrownBy(() -> host.add(FaultOrder.of("tcp.refused").lasting(Duration.ofHours(1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a lab whose clock can schedule");
  }

  private String ask(String name, int type) throws IOException {
    SimpleResolver resolver = new SimpleResolver(lab.dns());
    resolver.setTimeout(PATIENCE);
    Message answer =
        resolver.send(
            Message.newQuery(Record.newRecord(Name.fromString(name + "."), type, DClass.IN)));
    List<Record> records = answer.getSection(Section.ANSWER);
    String content =
        records.isEmpty() && !answer.getSection(Section.AUTHORITY).isEmpty()
            ? "SOA"
            : records.stream().map(Record::rdataToString).collect(Collectors.joining(" "));
    return Rcode.string(answer.getRcode()) + " " + content;
  }
}
