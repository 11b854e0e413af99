package io.github.mailflowlab.lab.smtp;

import io.github.mailflowlab.failure.Stage;
import java.util.List;

/**
 * A turn in a session.
 *
 * @param exchange what a healthy host does in this turn
 * @param isInTls whether TLS is up
 * @param output the session's
 * @param log the session's
 */
record SessionTurn(Exchange exchange, boolean isInTls, SessionOutput output, SessionLog log)
    implements Turn {
  @Override
  public String command() {
    return exchange.command();
  }

  @Override
  public List<String> reply() {
    return exchange.reply();
  }

  @Override
  public void take() {
    exchange.effect().run();
  }

  @Override
  public void send(byte[] bytes) {
    if (exchange.isAt(Stage.DOT)) {
      log.finalReply();
    }
    output.send(bytes);
  }

  @Override
  public void flood(byte[] chunk) {
    output.flood(chunk);
  }

  @Override
  public void end() {
    output.end();
  }

  @Override
  public void reset() {
    output.reset();
  }

  @Override
  public void halfClose() {
    output.halfClose();
  }

  @Override
  public void hush() {
    output.hush();
    if (exchange.isAt(Stage.BODY)) {
      // Takes no more of the content either, so that a long write blocks.
      output.stopReading();
    }
  }

  @Override
  public void vanish() {
    output.hush();
    output.stopReading();
  }
}
