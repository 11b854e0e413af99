package io.github.mailflowlab.smtp.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mailflowlab.lab.Lab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TrustRootsTest {
  private final Lab lab = Lab.start(InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z")));
  private final TrustRoots trust = new TrustRoots();
  private Path pem = lab.trust();

  @BeforeEach
  void copyRoot(@TempDir Path folder) throws IOException {
    pem = Files.copy(lab.trust(), folder.resolve("root.pem"));
  }

  @AfterAll
  void stop() {
    lab.close();
  }

  @Test
  void addsTheFilesRootsToTheJdks() throws IOException {
    Set<X509Certificate> jdks = trust.roots(Optional.empty());

    assertThat(jdks).hasSizeGreaterThan(50);
    assertThat(trust.roots(Optional.of(pem))).containsAll(jdks).hasSize(jdks.size() + 2);
  }

  @Test
  void parsesAFileOnceWhileItStaysTheSame() throws IOException {
    Set<X509Certificate> first = trust.roots(Optional.of(pem));

    assertThat(trust.roots(Optional.of(pem))).isSameAs(first);
  }

  /** As when it is changed twice within one tick of the file system's clock. */
  @Test
  void seesAChangeThatLeavesTimeAndLengthAlone() throws IOException {
    assertThat(trust.roots(Optional.of(pem))).isNotEmpty();
    FileTime time = Files.getLastModifiedTime(pem);

    Files.writeString(pem, "x".repeat((int) Files.size(pem)));
    Files.setLastModifiedTime(pem, time);

    assertThatThrownBy(() -> trust.roots(Optional.of(pem))).isInstanceOf(IOException.class);
  }

  @Test
  void doesNotLiveOnAFileThatIsGone() throws IOException {
    Set<X509Certificate> before = trust.roots(Optional.of(pem));
    Files.delete(pem);
    assertThatThrownBy(() -> trust.roots(Optional.of(pem)))
        .hasMessage("Trust file " + pem + " cannot be read");

    Files.copy(lab.trust(), pem);

    assertThat(trust.roots(Optional.of(pem))).isEqualTo(before);
  }

  @Test
  void remembersSoManyFilesAndStillReadsTheRest(@TempDir Path folder) throws IOException {
    for (int i = 0; i < 100; i++) {
      Path other = Files.copy(lab.trust(), folder.resolve(i + ".pem"));
      assertThat(trust.roots(Optional.of(other))).isEqualTo(trust.roots(Optional.of(pem)));
    }
  }
}
