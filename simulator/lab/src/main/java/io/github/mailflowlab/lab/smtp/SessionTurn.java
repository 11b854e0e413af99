package io.github.mailflowlab.lab.smtp;

import io.github.mailflowlab.failure.Stage;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * A turn in a session.
 *
 * @param exchange what a healthy host does in this turn
 * @param facts the session's
 * @param dealings the session's
 * @param output the session's
 * @param log the session's
 */
record SessionTurn(
    Exchange exchange,
    Supplier<Situation> facts,
    Supplier<Dealing> dealings,
    SessionOutput output,
    SessionLog log)
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
  public Situation situation() {
    return facts.get();
  }

  @Override
  public Dealing dealing() {
    return dealings.get();
  }

  @Override
  public void fault(String id) {
    log.fault(id);
  }

  @Override
  public void take() {
    exchange.effect().run();
  }

  @Override
  public void send(byte[] bytes) {
    if (bytes.length > 0) {
      noteFinalReply();
      output.send(bytes);
    }
  }

  @Override
  public void drip(byte[] bytes, Duration pause) {
    noteFinalReply();
    output.drip(bytes, pause);
  }

  private void noteFinalReply() {
    if (exchange.isAt(Stage.DOT)) {
      output.inTurn(log::finalReply);
    }
  }

  @Override
  public void pause(Duration pause) {
    output.pause(pause);
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
  public void truncate() {
    output.truncate();
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
