package io.github.mailflowlab.smtp.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.failure.CertificateProblem;
import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.lab.pki.CertificateDefect;
import io.github.mailflowlab.lab.pki.PresentedChain;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server that staples, which no server within a JVM does without a switch for all of it: {@code
 * openssl s_server}. Skipped where that is not installed.
 */
@Timeout(60)
final class OpensslStapleTest {
  private final Court court = new Court();
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

  @AfterEach
  void close() {
    court.close();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-tls1_2", "-tls1_3"})
  void learnsFromTheHandshakeThatTheCertificateIsRevoked(String version, @TempDir Path folder)
      throws IOException {
    assumeThat(isInstalled()).as("openssl").isTrue();
    PresentedChain presented = court.presented(CertificateDefect.ANSWERED_REVOKED);
    List<X509Certificate> chain = presented.certificates();
    Path staple = Files.write(folder.resolve("staple.der"), court.answerFor(chain));
    Path leaf =
        Files.writeString(folder.resolve("leaf.pem"), pem("CERTIFICATE", encoded(chain.get(0))));
    Path others =
        Files.writeString(folder.resolve("others.pem"), pem("CERTIFICATE", encoded(chain.get(1))));
    Path key =
        Files.writeString(
            folder.resolve("key.pem"), pem("PRIVATE KEY", presented.key().getEncoded()));
    court.silence();
    Process server =
        new ProcessBuilder(
                "openssl",
                "s_server",
                "-accept",
                "127.0.0.1:0",
                "-naccept",
                "1",
                version,
                "-cert",
                leaf.toString(),
                "-cert_chain",
                others.toString(),
                "-key",
                key.toString(),
                "-status_file",
                staple.toString())
            .redirectErrorStream(true)
            .start();
    try {
      TlsFacts facts = handshake(port(server.inputReader(StandardCharsets.US_ASCII)));

      assertThat(facts.chain()).isEqualTo(chain);
      assertThat(facts.staples()).isNotEmpty();
      assertThat(court.judge(facts, TlsSettings.DOMAIN_VALIDATION, Duration.ZERO))
          .hasValueSatisfying(
              failure -> {
                assertThat(((Failure.CertificateRejected) failure).problem())
                    .isEqualTo(CertificateProblem.REVOKED);
                assertThat(failure.detail()).endsWith("says the stapled answer.");
              });
    } finally {
      server.destroyForcibly();
    }
  }

  private TlsFacts handshake(int port) {
    SslHandler handler = new TlsClient().handler(Court.HOST);
    Channel channel =
        new Bootstrap()
            .group(loops)
            .channel(NioSocketChannel.class)
            .handler(handler)
            .connect("127.0.0.1", port)
            .syncUninterruptibly()
            .channel();
    try {
      handler.handshakeFuture().syncUninterruptibly();
      return TlsFacts.of(handler.engine().getSession());
    } finally {
      channel.close().syncUninterruptibly();
    }
  }

  /** It says {@code ACCEPT 127.0.0.1:40123} once it listens. */
  private static int port(BufferedReader output) throws IOException {
    String line = output.readLine();
    while (line != null && !line.startsWith("ACCEPT ")) {
      line = output.readLine();
    }
    assertThat(line).as("openssl listens").isNotNull();
    return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
  }

  private static boolean isInstalled() {
    try {
      return new ProcessBuilder("openssl", "version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(String type, byte[] octets) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(octets);
    return "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n";
  }
}
