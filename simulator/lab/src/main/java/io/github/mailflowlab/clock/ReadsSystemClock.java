package io.github.mailflowlab.clock;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Exempts the one place that reads the system clock from the build's ban on doing so. */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
@interface ReadsSystemClock {}
