package io.github.mailflowlab.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** On a parameter of type {@link SmartHost}: it has these faults before the test begins. */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Faulty {
  /** The faults' ids in the catalogue, such as {@code tcp.refused}, the last one on top. */
  String[] value();

  /** Whether the test may pass although nobody has met them; see {@link SmartHost#mayMiss}. */
  boolean mayBeMissed() default false;
}
