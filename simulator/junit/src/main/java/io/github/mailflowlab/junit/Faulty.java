package io.github.mailflowlab.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** On a parameter of type {@link SmartHost}: it has a fault before the test begins. */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Faulty {
  /** The fault's id in the catalogue, such as {@code tcp.refused}. */
  String value();
}
