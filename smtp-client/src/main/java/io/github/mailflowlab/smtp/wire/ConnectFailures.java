package io.github.mailflowlab.smtp.wire;

import io.github.mailflowlab.failure.ConnectProblem;
import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.failure.Stage;
import io.netty.channel.ConnectTimeoutException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.util.Locale;

/**
 * Reads the exception of a failed connect. Its type alone does not tell: the JDK has one {@code
 * ConnectException} for a refusal and the kernel's own time limit, and a peer that resets at once
 * can surface as a failed connect (failure-catalogue 3).
 */
public final class ConnectFailures {
  private ConnectFailures() {}

  public static Failure failureOf(Throwable cause) {
    String message = text(cause);
    if (isOwnExhaustion(cause, message)) {
      return new Failure.OwnExhaustion(Stage.CONNECT, "No local socket: " + message);
    }
    if (cause instanceof ConnectTimeoutException || message.contains("timed out")) {
      return new Failure.Connect(ConnectProblem.TIMED_OUT);
    }
    if (isReset(cause)) {
      return new Failure.Vanished(Stage.BANNER, false, true);
    }
    if (cause instanceof NoRouteToHostException) {
      return new Failure.Connect(ConnectProblem.HOST_UNREACHABLE);
    }
    return new Failure.Connect(
        cause instanceof ConnectException
            ? ConnectProblem.REFUSED
            : ConnectProblem.NETWORK_UNREACHABLE);
  }

  /** Whether this is a connection ended by RST, at whatever stage. */
  public static boolean isReset(Throwable cause) {
    String message = text(cause);
    return message.contains("reset") || message.contains("broken pipe");
  }

  private static boolean isOwnExhaustion(Throwable cause, String message) {
    boolean noAddress = cause instanceof BindException && !message.contains("permission denied");
    return noAddress || message.contains("too many open files") || message.contains("no buffer");
  }

  /** The messages of the whole chain: Netty wraps what the system said. */
  private static String text(Throwable cause) {
    StringBuilder text = new StringBuilder();
    for (Throwable t = cause; t != null && t != t.getCause(); t = t.getCause()) {
      text.append(text.isEmpty() ? "" : ": ").append(t.getMessage());
    }
    return text.toString().toLowerCase(Locale.ROOT);
  }
}
