package io.github.mailflowlab.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives each test of a class, or one test, a mail flow lab of its own, with the defaults of {@link
 * MailFlowExtension}. What a test needs of it, it names as parameters: {@link Connector}, {@link
 * SmartHost}, {@link SimulatedClock}, {@link Mailboxes}.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(MailFlowExtension.class)
public @interface MailFlowTest {}
