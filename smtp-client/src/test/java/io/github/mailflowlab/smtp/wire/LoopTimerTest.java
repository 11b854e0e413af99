package io.github.mailflowlab.smtp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class LoopTimerTest {
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final LoopTimer timer = new LoopTimer();
  private final List<String> rung = new ArrayList<>();

  LoopTimerTest() {
    channel.freezeTime();
  }

  @Test
  void ringsOnceAtItsLimit() {
    start(10, "ten");
    pass(9);
    assertThat(rung).isEmpty();

    pass(1);
    pass(100);
    assertThat(rung).containsExactly("ten");
  }

  @Test
  void ringsAtTheLaterLimitThatReplacedTheFirst() {
    start(10, "ten");
    pass(5);
    start(10, "fifteen");
    pass(9);
    assertThat(rung).isEmpty();

    pass(1);
    assertThat(rung).containsExactly("fifteen");
  }

  @Test
  void ringsAtTheEarlierLimitThatReplacedTheFirst() {
    start(10, "ten");
    start(3, "three");
    pass(3);
    pass(100);

    assertThat(rung).containsExactly("three");
  }

  @Test
  void isSilentOnceCancelledAndStartsAnew() {
    start(10, "ten");
    timer.cancel();
    pass(8);
    start(5, "thirteen");
    pass(4);
    assertThat(rung).isEmpty();

    pass(1);
    assertThat(rung).containsExactly("thirteen");
  }

  @Test
  void leavesNothingInTheLoopOnceStopped() {
    start(10, "ten");
    timer.stop();

    assertThat(channel.runScheduledPendingTasks()).isEqualTo(-1);
    pass(100);
    assertThat(rung).isEmpty();
  }

  private void start(int millis, String name) {
    timer.start(channel.eventLoop(), Duration.ofMillis(millis), () -> rung.add(name));
  }

  private void pass(int millis) {
    channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
  }
}
