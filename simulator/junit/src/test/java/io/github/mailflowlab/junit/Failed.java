package io.github.mailflowlab.junit;

import java.util.List;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/**
 * A test that failed, of a class that was run for it.
 *
 * @param test its method
 * @param failure what it failed with
 */
record Failed(String test, Throwable failure) {
  /** Runs a class. */
  static List<Failed> of(Class<?> sample) {
    return of(sample, Map.of());
  }

  /** Runs a class with configuration parameters. */
  static List<Failed> of(Class<?> sample, Map<String, String> parameters) {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(DiscoverySelectors.selectClass(sample))
        .configurationParameters(parameters)
        .execute()
        .testEvents()
        .failed()
        .stream()
        .map(Failed::of)
        .toList();
  }

  private static Failed of(Event event) {
    MethodSource source = (MethodSource) event.getTestDescriptor().getSource().orElseThrow();
    TestExecutionResult result = event.getRequiredPayload(TestExecutionResult.class);
    return new Failed(source.getMethodName(), result.getThrowable().orElseThrow());
  }

  /** What that test failed with. */
  static Throwable of(String test, List<Failed> all) {
    return all.stream()
        .filter(failed -> failed.test().equals(test))
        .findFirst()
        .orElseThrow()
        .failure();
  }
}
