package io.github.mailflowlab.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ReadmeTest {
  private static final String FENCE = "```";

  @Test
  void showsATestOfTheExampleProject() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    int start = readme.indexOf(FENCE + "java\n") + FENCE.length() + "java\n".length();
    String shown = readme.substring(start, readme.indexOf(FENCE, start));

    assertThat(shown).contains("@MailFlowTest");
    assertThat(Path.of("src/it/example/src/test/java/example/OrderMailTest.java"))
        .content()
        .endsWith(shown);
  }
}
