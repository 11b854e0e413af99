package io.github.mailflowlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.clock.SystemTime;
import io.github.mailflowlab.environment.LabFile;
import io.github.mailflowlab.node.StandaloneLab;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code fault set|show|clear}, against a lab without a connector. */
final class HostFaultsTest {
  private static final String HOST = "mail.contoso.example";

  @TempDir private Path folder;
  private StandaloneLab lab;

  @BeforeEach
  void start() throws Exception {
    Path file = Files.writeString(folder.resolve("lab.yaml"), "hosts: [{ name: " + HOST + " }]");
    lab =
        StandaloneLab.start(
            LabFile.read(file, name -> Optional.empty()).value(), SystemTime.source());
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void givesShowsAndTakesAway() {
    Program set =
        fault(
            "set",
            HOST,
            "--where",
            "rcpt",
            "--what",
            "reply 450 4.2.1 Busy",
            "--who",
            "recipient=bob@*",
            "--when",
            "times=2",
            "--when",
            "after=1",
            "--ttl",
            "PT1H");
    assertThat(set.err()).isEmpty();
    assertThat(set.status()).isZero();
    assertThat(set.out().lines().toList().get(1).split(" {2,}"))
        .containsExactly(
            "rcpt.reply",
            "rcpt",
            "reply 450 4.2.1 Busy",
            "recipient=bob@*",
            "after=1 times=2",
            "PT1H",
            "0",
            "0");
    assertThat(fault("set", HOST, "--id", "tcp.refused", "--json").json().path("faults"))
        .hasSize(2);
    assertThat(fault("show", HOST).out()).contains("tcp.refused", "unseen");
    assertThat(fault("clear", HOST, "tcp.refused", "--json").json().path("faults")).hasSize(1);
    assertThat(fault("clear", HOST).out()).hasLineCount(1);
    assertThat(fault("clear", HOST, "tcp.refused").status()).isEqualTo(1);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "--id tcp.refusd | did you mean tcp.refused?",
        "--id tcp.refused --when times=1 | when.times: nobody sees whom this fault meets",
        "--where body --what delay | \"delay\" at body (expected: close, reset, silence)",
        "--where rctp --what close | did you mean rcpt?",
        "--id smtp.mail.4yz --who recipient=a@* | who.recipient: is not known",
        "--ttl PT1H | expected: id, or where and what",
      })
  void whatCannotBeOrderedIsWrongUsage(String options, String message) {
    Program program =
        fault(
            Stream.concat(Stream.of("set", HOST), Stream.of(options.split(" ")))
                .toArray(String[]::new));

    assertThat(program.status()).isEqualTo(2);
    assertThat(program.out()).isEmpty();
    assertThat(program.err()).contains(message);
  }

  @Test
  void anUnknownHostIsAFailureThatNamesTheNearest() {
    Program program = fault("set", "mial.contoso.example", "--id", "tcp.refused");

    assertThat(program.status()).isEqualTo(1);
    assertThat(program.err()).contains("did you mean " + HOST + "?");
  }

  @Test
  void aWrongFileIsSaidWithItsLines() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("wrong.yaml"),
            """
            hosts:
              - name: mail.contoso.example
                faults: [{ id: tcp.refusd }]
            """);
    Program program = Program.run("lab", "--config", file.toString());

    assertThat(program.status()).isEqualTo(2);
    assertThat(program.out()).isEmpty();
    assertThat(program.err().strip())
        .isEqualTo(
            file
                + ":3: hosts[0].faults[0].id: \"tcp.refusd\" (expected: an id of the catalogue)"
                + " (did you mean tcp.refused?)");
  }

  private Program fault(String... arguments) {
    return Program.run(
        Stream.of(
                Stream.of("fault"), Stream.of(arguments), Stream.of("--url", lab.document().url()))
            .flatMap(part -> part)
            .toArray(String[]::new));
  }
}
