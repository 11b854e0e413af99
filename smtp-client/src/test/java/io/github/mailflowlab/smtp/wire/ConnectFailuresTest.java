package io.github.mailflowlab.smtp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.failure.ConnectProblem;
import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.failure.FailureCatalogue;
import io.github.mailflowlab.failure.FailureClassifier;
import io.github.mailflowlab.failure.Stage;
import io.netty.channel.ChannelException;
import io.netty.channel.ConnectTimeoutException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ConnectFailuresTest {
  static Stream<Arguments> exceptions() {
    Failure reset = new Failure.Vanished(Stage.BANNER, false, true);
    return Stream.of(
        Arguments.of(new ConnectException("Connection refused"), connect(ConnectProblem.REFUSED)),
        Arguments.of(new ConnectTimeoutException("30 s"), connect(ConnectProblem.TIMED_OUT)),
        Arguments.of(
            new ConnectException("Connection timed out"), connect(ConnectProblem.TIMED_OUT)),
        Arguments.of(
            new NoRouteToHostException("No route to host"),
            connect(ConnectProblem.HOST_UNREACHABLE)),
        Arguments.of(
            new SocketException("Network is unreachable"),
            connect(ConnectProblem.NETWORK_UNREACHABLE)),
        Arguments.of(
            new BindException("Permission denied"), connect(ConnectProblem.NETWORK_UNREACHABLE)),
        Arguments.of(new SocketException("Connection reset"), reset),
        Arguments.of(new IOException("Connection reset by peer"), reset),
        Arguments.of(new IOException("Broken pipe"), reset),
        Arguments.of(
            new BindException("Cannot assign requested address"),
            own("cannot assign requested address")),
        Arguments.of(
            new ChannelException(
                "Failed to open a socket.", new SocketException("Too many open files")),
            own("failed to open a socket.: too many open files")));
  }

  @ParameterizedTest
  @MethodSource("exceptions")
  void tellsTheKindOfFailure(Throwable cause, Failure failure) {
    assertThat(ConnectFailures.failureOf(cause)).isEqualTo(failure);
  }

  /** Loopback always has a route, so this cannot be had on the wire. */
  @ParameterizedTest
  @MethodSource("unreachable")
  @DisplayName("tcp.unreachable: no route to the host")
  void noRouteIsNoRefusal(IOException thrown) {
    Failure failure = ConnectFailures.failureOf(thrown);

    assertThat(
            new FailureClassifier(FailureCatalogue.load())
                .classify(failure, Optional.empty())
                .lastError()
                .status())
        .hasToString("4.4.315");
  }

  /** As Netty throws them. */
  static Stream<IOException> unreachable() {
    return Stream.of(
        new NoRouteToHostException("No route to host: mail.example/192.0.2.1:25"),
        new SocketException("Network is unreachable: mail.example/192.0.2.1:25"));
  }

  private static Failure connect(ConnectProblem problem) {
    return new Failure.Connect(problem);
  }

  private static Failure own(String why) {
    return new Failure.OwnExhaustion(Stage.CONNECT, "No local socket: " + why);
  }
}
