package io.github.mailflowlab.queue.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.mailflowlab.config.PostgresUrl;
import io.github.mailflowlab.mail.MessageContent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Who leads a spool on a server, and when another one may. */
@TestInstance(Lifecycle.PER_CLASS)
final class LeadershipTest {
  private PostgresServer server;
  private PostgresUrl url;

  @BeforeAll
  void startServer(@TempDir Path parent) {
    server = PostgresServer.start(parent.resolve("data"));
  }

  @AfterAll
  void stopServer() {
    server.close();
  }

  @BeforeEach
  void newSchema() {
    url = server.newSchema();
  }

  @Test
  void isVacantExactlyWhileNobodyLeads() throws SpoolException {
    PostgresSpool leader = PostgresSpool.open(url);
    try (PostgresSpool follower = PostgresSpool.follow(url)) {
      assertThat(follower.isVacant()).isFalse();
      leader.close();
      await().until(follower::isVacant);
      try (PostgresSpool next = PostgresSpool.open(url)) {
        assertThat(follower.isVacant()).isFalse();
        assertThat(next.mayDeliver()).isTrue();
      }
    }
  }

  @Test
  void saysWhereTheLeaderIs() throws SpoolException {
    try (PostgresSpool leader = PostgresSpool.open(url);
        PostgresSpool follower = PostgresSpool.follow(url)) {
      leader.keepLease();
      assertThat(follower.leader()).isEmpty();
      leader.announce("127.0.0.1:8025");
      await().until(() -> follower.leader().isPresent());
      assertThat(follower.leader()).contains("127.0.0.1:8025");
    }
  }

  @Test
  void storesWhileAnotherOneLeadsAndDeliversNothing() throws SpoolException {
    try (PostgresSpool leader = PostgresSpool.open(url);
        PostgresSpool follower = PostgresSpool.follow(url)) {
      store(follower, "a1").join();
      assertThat(leader.due(1, SpoolContract.NOW, SpoolContract.NOW, 10)).containsExactly("a1");
      assertThat(follower.mayDeliver()).isFalse();
    }
  }

  @Test
  void deposesALeaderOnlyOnceItsLeaseIsOver() throws Exception {
    try (PostgresSpool leader = PostgresSpool.open(url)) {
      AtomicLong nanos = new AtomicLong();
      LeaderWatch watch = watch(Duration.ofNanos(10), nanos);
      assertThat(watch.isVacant("1 1 ")).isFalse();
      nanos.set(9);
      assertThat(watch.isVacant("1 1 ")).isFalse();
      nanos.set(10);
      assertThat(watch.isVacant("1 2 ")).isFalse();
      nanos.set(19);
      assertThat(watch.isVacant("1 2 ")).isFalse();
      store(leader, "a1").join();

      nanos.set(20);
      assertThat(watch.isVacant("1 2 ")).isTrue();
      assertThatThrownBy(() -> store(leader, "a2").join()).hasCauseInstanceOf(SpoolException.class);
    }
  }

  @Test
  void writesNothingMoreOnceItWasDeposed() throws Exception {
    try (PostgresSpool hung = PostgresSpool.open(url)) {
      hung.keepLease();
      watch(Duration.ZERO, new AtomicLong()).isVacant(lease(hung));
      try (PostgresSpool next = PostgresSpool.open(url)) {
        assertThatThrownBy(() -> store(hung, "a1").join()).hasCauseInstanceOf(SpoolException.class);
        await().until(hung::isLost);
        assertThat(hung.mayDeliver()).isFalse();
        store(next, "a2").join();
        assertThat(next.due(1, SpoolContract.NOW, SpoolContract.NOW, 10)).containsExactly("a2");
      }
    }
  }

  @Test
  void deposesNobodyForTheLeaseOfAnEarlierLeader() throws Exception {
    String before;
    try (PostgresSpool first = PostgresSpool.open(url)) {
      before = lease(first);
    }
    try (PostgresSpool second = PostgresSpool.open(url)) {
      watch(Duration.ZERO, new AtomicLong()).isVacant(before);
      store(second, "a1").join();
    }
  }

  @Test
  void goesOnWhenItLostItsConnectionAndNobodyTookOver() throws Exception {
    try (PostgresSpool leader = PostgresSpool.open(url)) {
      leader.keepLease();
      server.sql(
          "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
              + " WHERE application_name = 'mailflow'");
      await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptions()
          .until(() -> store(leader, "a1").handle((done, failure) -> failure == null).join());
      assertThat(leader.isLost()).isFalse();
    }
  }

  @Test
  void followsNobodyIntoASpoolOfAnOlderVersion() throws SpoolException {
    PostgresSpool.open(url).close();
    String schema = url.location().replaceFirst(".*currentSchema=", "");
    server.sql("UPDATE " + schema + ".schema_version SET version = 1");
    assertThatThrownBy(() -> PostgresSpool.follow(url))
        .isInstanceOf(SpoolException.class)
        .hasMessage(
            "spool " + url + " is of the older version 1 and other nodes use it; stop them first");
  }

  @Test
  void changesNoTablesThatAnotherNodeUses() throws SpoolException {
    PostgresSpool.open(url).close();
    String schema = url.location().replaceFirst(".*currentSchema=", "");
    try (PostgresSpool follower = PostgresSpool.follow(url)) {
      server.sql("UPDATE " + schema + ".schema_version SET version = 1");
      assertThatThrownBy(() -> PostgresSpool.open(url))
          .isInstanceOf(SpoolException.class)
          .hasMessageEndingWith("and other nodes use it; stop them first");
      assertThat(follower.queues()).isEmpty();
    }
  }

  private LeaderWatch watch(Duration limit, AtomicLong nanos) {
    return new LeaderWatch(
        new PostgresDatabase(url, false, OptionalLong.empty()), limit, nanos::get);
  }

  private static String lease(Spool spool) {
    return spool.setting(PostgresDatabase.LEASE).orElseThrow();
  }

  private static CompletableFuture<Void> store(Spool spool, String id) {
    return spool
        .commit(
            List.of(
                SpoolContract.queue(),
                new Change.StoreMessage(
                    SpoolContract.mail(id, SpoolContract.NOW), MessageContent.of(new byte[1]))))
        .toCompletableFuture()
        .orTimeout(60, TimeUnit.SECONDS);
  }
}
