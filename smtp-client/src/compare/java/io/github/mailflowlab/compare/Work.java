package io.github.mailflowlab.compare;

/**
 * What each client has to do.
 *
 * @param host where the sink listens
 * @param port of the sink
 * @param connections kept open, each with one message under way
 * @param messages that are measured
 * @param warmUp messages before them
 * @param size octets of the body
 */
record Work(String host, int port, int connections, int messages, int warmUp, int size) {
  static final String FROM = "bench@bench.example";
  static final String TO = "sink@bench.example";
  static final String HELO = "bench.example";

  private static final int LINE = 80;

  /** Reads {@code HOST PORT CONNECTIONS MESSAGES WARM-UP SIZE}. */
  static Work parse(String... arguments) {
    if (arguments.length != 6) {
      throw new IllegalArgumentException(
          "expected: HOST PORT CONNECTIONS MESSAGES WARM-UP SIZE, not "
              + String.join(" ", arguments));
    }
    int[] numbers = new int[5];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Integer.parseInt(arguments[i + 1]);
    }
    return new Work(arguments[0], numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
  }

  /** The header's lines with CRLF, and the empty line. */
  static String header() {
    return """
        From: <bench@bench.example>
        To: <sink@bench.example>
        Date: Thu, 1 Jan 2026 00:00:00 +0000
        Message-ID: <bench@bench.example>

        """
        .replace("\n", "\r\n");
  }

  /** The body, with CRLF. */
  String body() {
    StringBuilder body = new StringBuilder(size);
    for (int left = size; left > 0; left -= LINE) {
      int length = Math.min(LINE, left);
      body.append(length == 1 ? "X" : "X".repeat(length - 2) + "\r\n");
    }
    return body.toString();
  }
}
