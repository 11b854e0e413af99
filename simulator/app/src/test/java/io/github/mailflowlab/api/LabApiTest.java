package io.github.mailflowlab.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mailflowlab.api.HttpCaller.Answer;
import io.github.mailflowlab.clock.SystemTime;
import io.github.mailflowlab.document.LabDocument;
import io.github.mailflowlab.environment.LabFile;
import io.github.mailflowlab.node.StandaloneLab;
import io.github.mailflowlab.node.StartupException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API of a lab without a connector. */
final class LabApiTest {
  private static final String FAULTS = "/api/v1/lab/hosts/mail.contoso.example/faults";
  private static final String BUSY =
      "{\"where\":\"rcpt\",\"what\":\"reply 450 4.2.1 Busy\",\"who\":{\"recipient\":\"bob@*\"},"
          + "\"when\":{\"times\":1}}";

  @TempDir private Path folder;
  private StandaloneLab lab;
  private LabDocument document;
  private HttpCaller http;

  @BeforeEach
  void start() throws Exception {
    lab =
        StandaloneLab.start(
            read(
                """
                start: 2031-05-06T07:08:09Z
                paused: true
                seed: 7
                hosts:
                  - name: mail.contoso.example
                    mailDomains: [contoso.example]
                  - name: slow.contoso.example
                    addresses: true
                    faults: [{ id: smtp.banner.421 }]
                """),
            SystemTime.source());
    document = lab.document();
    http = new HttpCaller(address(document.url()));
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void tellsWhereEverythingIs() {
    assertThat(document.seed()).isEqualTo(7);
    assertThat(document.now()).isEqualTo("2031-05-06T07:08:09Z");
    assertThat(document.dns()).matches("127\\.0\\.0\\.1:\\d+");
    assertThat(Path.of(document.trust())).isRegularFile();
    assertThat(document.hosts())
        .extracting(LabDocument.Host::name)
        .containsExactly("mail.contoso.example", "slow.contoso.example");
  }

  @Test
  void showsTheHosts() throws Exception {
    JsonNode hosts = http.get("/api/v1/lab/hosts").json().path("hosts");
    assertThat(hosts).hasSize(2);
    assertThat(hosts.get(1).path("faults").get(0).path("id").asText()).isEqualTo("smtp.banner.421");
    assertThat(HttpCaller.fields(http.get("/api/v1/lab/hosts/MAIL.contoso.example").json()))
        .containsExactly(
            "name",
            "address",
            "port",
            "mailDomains",
            "without",
            "addresses",
            "faults",
            "sessions",
            "messages",
            "duplicates");
    Answer unknown = http.get("/api/v1/lab/hosts/mial.contoso.example");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.body()).contains("did you mean mail.contoso.example or slow");
  }

  @Test
  void givesAHostAFaultAndTakesItAway() throws Exception {
    Answer set = http.post(FAULTS, BUSY);
    assertThat(set.status()).isEqualTo(200);
    JsonNode order = set.json().path("faults").get(0);
    assertThat(order.path("id").asText()).isEqualTo("rcpt.reply");
    assertThat(order.path("who")).hasToString("{\"recipient\":\"bob@*\"}");
    assertThat(order.path("when")).hasToString("{\"times\":\"1\"}");
    assertThat(order.path("ttl").isNull()).isTrue();

    assertThat(deliver()).isEqualTo("450 4.2.1 Busy");
    assertThat(deliver()).startsWith("250");
    assertThat(seen().path("reached").asInt()).isEqualTo(2);
    assertThat(seen().path("acted").asInt()).isEqualTo(1);

    assertThat(http.call("DELETE", FAULTS + "/nosuch", "").status()).isEqualTo(404);
    assertThat(http.call("DELETE", FAULTS + "/rcpt.reply", "").json().path("faults")).isEmpty();
  }

  @Test
  void takesOrdersBackAsItGaveThem() throws Exception {
    http.post(FAULTS, BUSY);
    http.post(FAULTS, "{\"id\":\"tcp.refused\",\"ttl\":\"PT1H\"}");
    String shown = http.get(FAULTS).body();
    assertThat(http.call("DELETE", FAULTS, "").json().path("faults")).isEmpty();
    assertThat(http.call("PUT", FAULTS, shown).body()).isEqualTo(shown);
  }

  @Test
  void saysWhatIsWrongWithAnOrderAndChangesNothing() throws Exception {
    http.post(FAULTS, BUSY);
    Answer wrong =
        http.call(
            "PUT",
            FAULTS,
            "{\"faults\":[{\"id\":\"tcp.refusd\"},{\"id\":\"smtp.rcpt.4yz\",\"who\":{\"to\":\"a\"}}]}");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.json().path("detail").asText())
        .isEqualTo(
            "faults[0].id: \"tcp.refusd\" (expected: an id of the catalogue) (did you mean"
                + " tcp.refused?); faults[1].who.to: unknown key. Nothing was changed.");
    assertThat(http.post(FAULTS, "{\"id\":\"smtp.rcpt.4yz\",\"when\":[]}").status()).isEqualTo(400);
    assertThat(http.post(FAULTS, "[]").status()).isEqualTo(400);
    assertThat(http.call("PUT", FAULTS, "{}").status()).isEqualTo(400);
    assertThat(http.get(FAULTS).json().path("faults")).hasSize(1);
  }

  @Test
  void showsSessionsAndMessages() throws Exception {
    deliver();
    deliver();
    String host = "/api/v1/lab/hosts/mail.contoso.example";
    JsonNode first = http.get(host + "/sessions?limit=1").json();
    assertThat(first.path("sessions").get(0).path("transcript")).isNotEmpty();
    assertThat(first.path("nextCursor").asText()).isEqualTo("1");
    JsonNode rest = http.get(host + "/sessions?cursor=1").json();
    assertThat(rest.path("sessions").get(0).path("number").asInt()).isEqualTo(2);
    assertThat(rest.path("nextCursor").isNull()).isTrue();

    JsonNode message = http.get(host + "/messages?limit=1").json();
    assertThat(message.path("nextCursor").asText()).isEqualTo("1-1");
    assertThat(http.get(host + "/messages?cursor=1-1").json().path("messages")).hasSize(1);
    assertThat(message.path("messages").get(0).path("recipients").get(0).asText())
        .isEqualTo("bob@contoso.example");
    assertThat(http.get(host + "/messages/1-1/content").body()).isEqualTo("Hello\r\n");
    assertThat(http.get(host + "/messages/9-9/content").status()).isEqualTo(404);
    assertThat(http.get(host).json().path("duplicates").get(0).path("sessions")).hasSize(2);

    assertThat(http.call("DELETE", host + "/sessions", "").json().path("messages").asInt())
        .isZero();
  }

  @Test
  void tellsWhichFaultsWereNeverMet() throws Exception {
    http.post(FAULTS, BUSY);
    assertThat(http.get("/api/v1/lab/never-met").json().path("mail.contoso.example")).hasSize(1);
    deliver();
    assertThat(http.get("/api/v1/lab/never-met").json().has("mail.contoso.example")).isFalse();
  }

  @Test
  void letsTimePassAndFaultsRunOut() throws Exception {
    http.post(FAULTS, "{\"id\":\"smtp.rcpt.5yz\",\"ttl\":\"PT1H\"}");
    assertThat(deliver()).startsWith("550");
    Answer advanced = http.post("/api/v1/clock/advance", "{\"by\":\"PT1H\"}");
    assertThat(advanced.json().path("now").asText()).isEqualTo("2031-05-06T08:08:09Z");
    assertThat(deliver()).startsWith("250");
    assertThat(http.get(FAULTS).json().path("faults")).isEmpty();
    assertThat(http.post("/api/v1/clock/advance", "{\"to\":\"expiry\"}").status()).isEqualTo(400);
  }

  @Test
  void isGuardedAsEveryApiOfOursIs() throws Exception {
    assertThat(http.get("/health").body()).isEqualTo("ok\n");
    assertThat(http.call("GET", FAULTS, "", "Origin", "http://evil.example").status())
        .isEqualTo(403);
    assertThat(http.get("/api/v1/faults").json().path("faults")).isNotEmpty();
    assertThat(http.get("/api/v1/queues").status()).isEqualTo(404);
  }

  @Test
  void doesNotStartWhereItCannot() throws Exception {
    int port = document.hosts().get(0).port();
    LabFile taken = read("hosts: [{ name: other.example, port: " + port + " }]");
    assertThatThrownBy(() -> StandaloneLab.start(taken, SystemTime.source()))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(":" + port);
    LabFile http =
        read(
            "{ listen: { http: \"127.0.0.1:"
                + address(document.url()).getPort()
                + "\" }, hosts: [{ name: other.example }] }");
    assertThatThrownBy(() -> StandaloneLab.start(http, SystemTime.source()))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith("Cannot listen for HTTP on 127.0.0.1:");
  }

  @Test
  void answersDnsWhereItIsTold() throws Exception {
    int port = Integer.parseInt(document.dns().split(":", -1)[1]);
    LabFile same = read("{ listen: { dns: " + port + " }, hosts: [{ name: other.example }] }");
    assertThatThrownBy(() -> StandaloneLab.start(same, SystemTime.source()))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("DNS: port " + port);
    lab.close();
    try (StandaloneLab again = StandaloneLab.start(same, SystemTime.source())) {
      assertThat(again.document().dns()).isEqualTo("127.0.0.1:" + port);
    }
  }

  @Test
  void readsItsFileStrictly() throws Exception {
    Path file =
        Files.writeString(folder.resolve("wrong.yaml"), "{ seed: x, hots: [], start: now }");
    assertThat(LabFile.read(file, name -> Optional.empty()).problems())
        .extracting(problem -> problem.key())
        .containsExactlyInAnyOrder("hosts", "seed", "hots", "start");
    Path open =
        Files.writeString(
            folder.resolve("open.yaml"),
            "{ listen: { http: \"0.0.0.0:0\" }, hosts: [{ name: a.example }] }");
    assertThat(LabFile.read(open, name -> Optional.empty()).problems())
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem)
                    .hasToString(
                        open
                            + ":1: listen.http: beyond loopback (expected: a loopback address, or"
                            + " security.token and .allow)"));
  }

  private LabFile read(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("lab.yaml"), yaml);
    return LabFile.read(file, name -> Optional.empty()).value();
  }

  private JsonNode seen() throws Exception {
    return http.get(FAULTS).json().path("faults").get(0).path("seen");
  }

  private static InetSocketAddress address(String url) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), URI.create(url).getPort());
  }

  /** The reply to RCPT, or to the message's end when that was 250. */
  private String deliver() throws IOException {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), document.hosts().get(0).port())) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      in.readLine();
      String reply = "";
      for (String command :
          new String[] {
            "HELO client.example",
            "MAIL FROM:<a@contoso.example>",
            "RCPT TO:<bob@contoso.example>",
            "DATA",
            "Hello\r\n."
          }) {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        reply = String.valueOf(in.readLine());
        if (!reply.matches("[23].*")) {
          return reply;
        }
      }
      return reply;
    }
  }
}
