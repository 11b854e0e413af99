package io.github.mailflowlab.lab;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests one lab for the whole run, closed at its end. Its clock stands still. */
final class LabExtension implements ParameterResolver {
  /** Not the wall's time, so that nothing can depend on that unnoticed. */
  static final Instant LAB_TIME = Instant.parse("2031-05-06T07:08:09Z");

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Lab.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(LabExtension.class))
        .getOrComputeIfAbsent(
            Held.class, key -> new Held(Lab.start(InstantSource.fixed(LAB_TIME))), Held.class)
        .lab();
  }

  private record Held(Lab lab) implements AutoCloseable {
    @Override
    public void close() {
      lab.close();
    }
  }
}
