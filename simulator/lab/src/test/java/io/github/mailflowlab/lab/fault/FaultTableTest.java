package io.github.mailflowlab.lab.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.failure.FailureCatalogue;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FaultTableTest {
  /** The layers in the order of the catalogue's sections; STARTTLS stands between EHLO and MAIL. */
  private static final List<String> LAYERS =
      List.of("dns", "tcp", "smtp", "tls", "shape", "fw", "cert");

  @Test
  void namesEachFaultOnce() {
    assertThat(FaultTable.rows()).extracting(Fault::id).doesNotHaveDuplicates();
  }

  @Test
  void makesEveryFaultOfTheCatalogueInItsOrder() {
    assertThat(FaultTable.rows())
        .extracting(Fault::id)
        .containsExactlyElementsOf(FailureCatalogue.load().entries().keySet());
  }

  @Test
  void usesTheCataloguesLayers() {
    assertThat(FaultTable.rows())
        .allSatisfy(
            fault -> assertThat(LAYERS).contains(fault.id().substring(0, fault.id().indexOf('.'))));
  }

  @Test
  void breaksSomethingInEveryRowButTheControls() {
    assertThat(FaultTable.rows())
        .filteredOn(
            fault ->
                fault.naming().equals(Fault.NONE.naming())
                    && fault.behaviour().equals(Fault.NONE.behaviour()))
        .extracting(Fault::id)
        .containsExactly("shape.glued", "cert.good");
  }
}
