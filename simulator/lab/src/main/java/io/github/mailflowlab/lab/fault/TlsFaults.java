package io.github.mailflowlab.lab.fault;

import static io.github.mailflowlab.lab.fault.Fault.tls;
import static io.github.mailflowlab.lab.smtp.Action.END;
import static io.github.mailflowlab.lab.smtp.Action.HUSH;
import static io.github.mailflowlab.lab.smtp.Action.RESET;
import static io.github.mailflowlab.lab.smtp.Action.bytes;

import io.github.mailflowlab.failure.Stage;
import java.util.List;

/** The handshake, acted without a TLS stack (failure-catalogue 8.1). */
final class TlsFaults {
  private static final int PROTOCOL_VERSION = 70;

  private TlsFaults() {}

  static List<Fault> rows() {
    return List.of(
        tls("tls.hs.version", Stage.TLS, bytes(fatalAlert(PROTOCOL_VERSION)).then(END)),
        tls("tls.hs.garbage", Stage.TLS, bytes(noise())),
        tls("tls.hs.eof", Stage.TLS, END),
        tls("tls.hs.rst", Stage.TLS, RESET),
        tls("tls.hs.stall", Stage.TLS, HUSH));
  }

  /**
   * In a record of TLS 1.0, which is how a server that knows nothing newer says it (RFC 8446 6).
   */
  private static byte[] fatalAlert(int description) {
    return new byte[] {0x15, 0x03, 0x01, 0x00, 0x02, 0x02, (byte) description};
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
