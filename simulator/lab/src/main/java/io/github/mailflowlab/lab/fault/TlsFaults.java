package io.github.mailflowlab.lab.fault;

import static io.github.mailflowlab.lab.fault.Fault.tls;
import static io.github.mailflowlab.lab.smtp.Action.END;
import static io.github.mailflowlab.lab.smtp.Action.HUSH;
import static io.github.mailflowlab.lab.smtp.Action.RESET;
import static io.github.mailflowlab.lab.smtp.Action.TRUNCATE;
import static io.github.mailflowlab.lab.smtp.Action.bytes;
import static io.github.mailflowlab.lab.smtp.Action.drip;
import static io.github.mailflowlab.lab.smtp.Action.say;

import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.lab.smtp.TlsManner;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** The handshake, acted without a TLS stack (failure-catalogue 8.1). */
final class TlsFaults {
  private static final int HANDSHAKE_FAILURE = 40;
  private static final int PROTOCOL_VERSION = 70;
  private static final int INTERNAL_ERROR = 80;
  private static final int UNRECOGNIZED_NAME = 112;

  private static final List<String> BOTH = List.of("TLSv1.3", "TLSv1.2");

  /**
   * Picks TLS 1.0 with TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, no session id, no extensions (RFC 4492):
   * a suite that clients offer still, so that the version is all there is to object to.
   */
  private static final byte[] SERVER_HELLO_10 = serverHello(1, 38);

  /** A message that takes half a minute at four octets a second, and then is not over. */
  private static final byte[] LONG_HELLO = serverHello(3, 4_092);

  private static final int DRIPPED = 120;

  private TlsFaults() {}

  static List<Fault> rows() {
    return List.of(
        tls("tls.hs.version", Stage.TLS, bytes(fatalAlert(PROTOCOL_VERSION)).then(END)),
        tls("tls.hs.serverhello10", Stage.TLS, bytes(SERVER_HELLO_10)),
        tls("tls.hs.cipher", Stage.TLS, bytes(fatalAlert(HANDSHAKE_FAILURE)).then(END)),
        tls("tls.hs.internal", Stage.TLS, bytes(fatalAlert(INTERNAL_ERROR)).then(END)),
        tls("tls.hs.sni", Stage.TLS, bytes(fatalAlert(UNRECOGNIZED_NAME)).then(END)),
        tls("tls.hs.plain", Stage.TLS, say("220 mx.lab.example ESMTP")),
        tls("tls.hs.garbage", Stage.TLS, bytes(noise())),
        tls("tls.hs.eof", Stage.TLS, END),
        tls("tls.hs.rst", Stage.TLS, RESET),
        tls("tls.hs.stall", Stage.TLS, HUSH),
        tls(
            "tls.hs.slow",
            Stage.TLS,
            drip(Arrays.copyOf(LONG_HELLO, DRIPPED), Duration.ofMillis(250)).then(HUSH)),
        tls("tls.hs.huge-chain", new TlsManner(BOTH, false, 100)),
        tls("tls.client-cert.12", new TlsManner(List.of("TLSv1.2"), true, 0)),
        tls("tls.client-cert.13", new TlsManner(List.of("TLSv1.3"), true, 0)),
        tls("tls.after.close-notify", Stage.CERTIFICATE, END),
        tls("tls.after.truncate", Stage.CERTIFICATE, TRUNCATE));
  }

  /**
   * In a record of TLS 1.0, which is how a server that knows nothing newer says it (RFC 8446 6).
   */
  private static byte[] fatalAlert(int description) {
    return new byte[] {0x15, 0x03, 0x01, 0x00, 0x02, 0x02, (byte) description};
  }

  /** A record with a ServerHello of TLS 1.{@code minor - 1}, all zeros but for its cipher suite. */
  private static byte[] serverHello(int minor, int length) {
    byte[] record = new byte[9 + length];
    record[0] = 0x16;
    record[1] = 0x03;
    record[2] = 0x01;
    record[3] = (byte) ((4 + length) >> 8);
    record[4] = (byte) (4 + length);
    record[5] = 0x02;
    record[7] = (byte) (length >> 8);
    record[8] = (byte) length;
    record[9] = 0x03;
    record[10] = (byte) minor;
    record[44] = (byte) 0xc0;
    record[45] = 0x13;
    return record;
  }

  /** Neither TLS nor text; always the same. */
  private static byte[] noise() {
    byte[] noise = new byte[64];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (byte) (0x80 | (i * 37));
    }
    return noise;
  }
}
