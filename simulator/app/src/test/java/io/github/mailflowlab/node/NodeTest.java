package io.github.mailflowlab.node;

import static io.github.mailflowlab.node.NodeWorld.ADMIN;
import static io.github.mailflowlab.node.NodeWorld.ALICE;
import static io.github.mailflowlab.node.NodeWorld.pass;
import static io.github.mailflowlab.node.NodeWorld.submit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.mailflowlab.alerting.Alert;
import io.github.mailflowlab.clock.SystemTime;
import io.github.mailflowlab.config.ConnectionLimits;
import io.github.mailflowlab.lab.Lab;
import io.github.mailflowlab.lab.StagedFault;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.queue.MailboxView;
import io.github.mailflowlab.queue.MessageStatus;
import io.github.mailflowlab.queue.MessageView;
import io.github.mailflowlab.queue.QueueStatus;
import io.github.mailflowlab.queue.QueueView;
import io.github.mailflowlab.settings.LabSettings;
import io.github.mailflowlab.settings.LabSettings.Listen;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class NodeTest {
  private static final String BOB = "bob@onprem.example";

  @TempDir private Path data;
  private NodeWorld world;

  @BeforeEach
  void createWorld() {
    world = new NodeWorld(data);
  }

  @AfterEach
  void closeWorld() {
    world.close();
  }

  @Test
  void deliversWhatComesBySmtp() throws Exception {
    StagedFault server = world.healthyServer("onprem.example");
    try (Node node = world.start()) {
      String id = submit(node, BOB, "End to end");

      await().until(() -> message(node, id).status() == MessageStatus.DELIVERED);
      assertThat(server.received())
          .singleElement()
          .satisfies(
              mail -> {
                assertThat(mail.reversePath()).isEqualTo(ALICE.toString());
                assertThat(mail.recipients()).containsExactly(BOB);
                assertThat(new String(mail.content(), StandardCharsets.US_ASCII))
                    .startsWith("Received: ")
                    .contains("\r\nFrom: <alice@contoso.example>\r\n")
                    .endsWith("\r\nSubject: End to end\r\n\r\nHello.\r\n");
              });
      assertThat(node.queue().queues()).allMatch(queue -> queue.messageCount() == 0);
    }
  }

  @Test
  void opensNoMoreConnectionsAndSendsNoMoreOverEachThanConfigured() throws Exception {
    StagedFault server = world.server("onprem.example", "tcp.refused");
    world.connections(1, new ConnectionLimits(2, Duration.ofMinutes(1)));
    try (Node node = world.start()) {
      node.clock().pause();
      for (int i = 1; i <= 5; i++) {
        submit(node, BOB, "Number " + i);
      }
      node.work().awaitQuiet();
      server.repair();
      pass(node, Duration.ofMinutes(1));

      assertThat(server.received())
          .extracting(mail -> mail.session() + "." + mail.ordinal())
          .containsExactly("1.1", "1.2", "2.1", "2.2", "3.1");
    }
  }

  @Test
  void showsTheLastErrorOfARefusedHostAndReturnsItsMailAfterADay() throws Exception {
    StagedFault server = world.server("onprem.example", "tcp.refused");
    try (Node node = world.start()) {
      node.clock().pause();
      String id = submit(node, BOB, "Never arrives");
      node.work().awaitQuiet();

      QueueView queue = onlyQueue(node);
      assertThat(queue.status()).isEqualTo(QueueStatus.RETRY);
      assertThat(queue.lastError().orElseThrow())
          .hasToString(
              "450 4.4.316 Connection refused [Message=Socket error code 10061]"
                  + " [LastAttemptedServerName="
                  + server.smartHost().host()
                  + "] [LastAttemptedIP=127.0.0.1:"
                  + server.smartHost().port()
                  + "]");

      pass(node, Duration.ofHours(24));

      assertThat(message(node, id).status()).isEqualTo(MessageStatus.FAILED);
      assertThat(message(node, id).attempts()).isEqualTo(151);
      assertThat(mailbox(node, ALICE))
          .singleElement()
          .satisfies(
              mail -> {
                assertThat(mail.ndr()).isTrue();
                assertThat(mail.status().orElseThrow()).hasToString("5.4.316");
              });
    }
  }

  @Test
  void alertsTheAdministratorUntilTheLateMailHasExpired() throws Exception {
    world.server("onprem.example", "tcp.refused");
    try (Node node = world.start()) {
      node.clock().pause();
      Instant submitted = node.clock().instant().truncatedTo(ChronoUnit.MILLIS);
      submit(node, BOB, "Late");

      pass(node, Duration.ofHours(2));

      assertThat(onlyAlert(node).state()).isEqualTo(Alert.State.ACTIVE);
      assertThat(onlyAlert(node).connector()).isEqualTo("To onprem.example");
      assertThat(onlyAlert(node).raised()).isEqualTo(submitted.plus(Duration.ofHours(1)));
      assertThat(onlyAlert(node).lastError().orElseThrow().status()).hasToString("4.4.316");
      assertThat(mailbox(node, ADMIN))
          .extracting(MailboxView::subject)
          .containsExactly("High: Messages have been delayed (To onprem.example)");

      pass(node, Duration.ofHours(23));

      assertThat(onlyAlert(node).state()).isEqualTo(Alert.State.RESOLVED);
      assertThat(onlyAlert(node).resolved()).isPresent();
      assertThat(mailbox(node, ADMIN)).hasSize(2);
    }
  }

  @Test
  void drainsTheQueueOfAHostThatWasRepaired() throws Exception {
    StagedFault server = world.server("onprem.example", "tcp.refused");
    try (Node node = world.start()) {
      node.clock().pause();
      List<String> ids =
          List.of(submit(node, BOB, "1"), submit(node, BOB, "2"), submit(node, BOB, "3"));
      pass(node, Duration.ofHours(2));
      assertThat(onlyQueue(node).messageCount()).isEqualTo(3);

      server.repair();
      pass(node, Duration.ofMinutes(15));

      assertThat(ids).allMatch(id -> message(node, id).status() == MessageStatus.DELIVERED);
      assertThat(server.received()).hasSize(3);
      assertThat(onlyQueue(node).messageCount()).isZero();
      assertThat(onlyQueue(node).lastError()).isEmpty();
      assertThat(onlyAlert(node).state()).isEqualTo(Alert.State.RESOLVED);
      assertThat(mailbox(node, ALICE)).isEmpty();
    }
  }

  @Test
  void goesOnAfterARestartWhereItStopped() throws Exception {
    StagedFault server = world.server("onprem.example", "tcp.refused");
    Instant stopped;
    QueueView queue;
    MessageView message;
    Alert alert;
    List<MailboxView> mail;
    try (Node node = world.start()) {
      node.clock().pause();
      String id = submit(node, BOB, "Survives");
      pass(node, Duration.ofHours(3));
      stopped = node.clock().instant();
      queue = onlyQueue(node);
      message = message(node, id);
      alert = onlyAlert(node);
      mail = mailbox(node, ADMIN);
      assertThat(mail).hasSize(1);
    }

    try (Node node = world.start()) {
      node.work().awaitQuiet();

      assertThat(node.clock().view().paused()).isTrue();
      assertThat(node.clock().instant()).isEqualTo(stopped);
      assertThat(onlyQueue(node)).isEqualTo(queue);
      assertThat(message(node, message.id())).isEqualTo(message);
      assertThat(mailbox(node, ADMIN)).isEqualTo(mail);
      assertThat(onlyAlert(node)).isEqualTo(alert);

      server.repair();
      pass(node, Duration.ofMinutes(15));
      assertThat(message(node, message.id()).status()).isEqualTo(MessageStatus.DELIVERED);
      assertThat(server.received()).hasSize(1);
      assertThat(onlyAlert(node).id()).isEqualTo(alert.id());
      assertThat(onlyAlert(node).state()).isEqualTo(Alert.State.RESOLVED);
      assertThat(mailbox(node, ADMIN)).hasSize(2);
    }
  }

  @Test
  void leavesADirectoryToTheNodeThatHasIt() throws Exception {
    try (Node first = world.start()) {
      assertThatThrownBy(world::start)
          .isInstanceOf(StartupException.class)
          .message()
          .contains(data.toString())
          .hasLineCount(1);
      assertThat(first.queue().queues()).isEmpty();
    }
    world.start().close();
  }

  @Test
  void namesTheSmtpAddressThatIsTakenAndLeavesNothingRunning() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      LabSettings settings =
          world.settings().withListen(new Listen(address(taken), world.settings().listen().http()));

      assertThatThrownBy(() -> Node.start(settings, 1))
          .isInstanceOf(StartupException.class)
          .message()
          .startsWith("Cannot listen for SMTP on 127.0.0.1:" + taken.getLocalPort())
          .hasLineCount(1);
    }
    world.start().close();
  }

  @Test
  void namesTheHttpAddressThatIsTakenAndLeavesNothingRunning() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      LabSettings settings =
          world.settings().withListen(new Listen(world.settings().listen().smtp(), address(taken)));

      assertThatThrownBy(() -> Node.start(settings, 1))
          .isInstanceOf(StartupException.class)
          .message()
          .startsWith("Cannot listen for HTTP on 127.0.0.1:" + taken.getLocalPort())
          .hasLineCount(1);
    }
    world.start().close();
  }

  @Test
  void startsTheDefaultLabWithItsHealthyServer() throws Exception {
    try (Lab lab = Lab.start(SystemTime.source());
        StagedFault healthy = lab.stageHealthy();
        Node node =
            Node.start(
                DefaultLab.settings(data, lab, healthy).withListen(world.settings().listen()), 1)) {
      submit(node, "bob@contoso.example", "Default");

      await().until(() -> healthy.received().size() == 1);
      assertThat(healthy.received().get(0).tls()).isTrue();
    }
  }

  private static InetSocketAddress address(ServerSocket socket) {
    return new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort());
  }

  private static MessageView message(Node node, String id) {
    return node.queue().message(id).orElseThrow();
  }

  private static QueueView onlyQueue(Node node) {
    List<QueueView> queues =
        node.queue().queues().stream()
            .filter(queue -> queue.nextHop().connector().equals("To onprem.example"))
            .toList();
    assertThat(queues).hasSize(1);
    return queues.get(0);
  }

  private static Alert onlyAlert(Node node) {
    assertThat(node.alerts().alerts()).hasSize(1);
    return node.alerts().alerts().get(0);
  }

  private static List<MailboxView> mailbox(Node node, Mailbox address) {
    return node.queue().mailbox(address, 100, Optional.empty()).items();
  }
}
