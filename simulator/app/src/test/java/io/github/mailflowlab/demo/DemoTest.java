package io.github.mailflowlab.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.clock.SystemTime;
import io.github.mailflowlab.document.DemoDocument;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoTest {
  @Test
  void everyFaultOfTheDayEndsAsExpected() throws Exception {
    List<String> progress = new ArrayList<>();

    DemoDocument result = new Demo(progress::add, 7).run(SystemTime.source());

    assertThat(result.rows()).hasSameSizeAs(Expectation.all()).allMatch(row -> row.asExpected());
    assertThat(result.succeeded()).isTrue();
    assertThat(result.seed()).isEqualTo(7);
    assertThat(progress).hasSizeGreaterThan(24);
  }
}
