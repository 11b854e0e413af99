package io.github.mailflowlab.lab.smtp;

import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.lab.PathCommand;
import io.github.mailflowlab.lab.ReceivedMessage;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The mail transactions of one session, one after the other: MAIL, RCPT, and the content by DATA or
 * BDAT. After DATA, and after each BDAT, what comes in is content until {@link #read} says that it
 * is complete; then {@link #onContentRead} says what to answer. Confined to the session's event
 * loop.
 */
final class MailTransaction {
  static final int MAX_RECIPIENTS = 1_000;

  private static final Pattern BDAT = Pattern.compile("(?i)BDAT (\\d{1,18})( LAST)? *");

  private final int session;
  private final Consumer<ReceivedMessage> store;
  private final List<PathCommand> rcpts = new ArrayList<>();
  private Optional<PathCommand> mail = Optional.empty();
  private boolean tls;
  private int stored;
  private Facts complete = Facts.NONE;
  private @Nullable ContentReader data;
  private @Nullable Chunks chunks;
  private boolean lastChunk;

  /**
   * What was said about a message.
   *
   * @param mail the MAIL command
   * @param rcpts the RCPT commands
   * @param size of the content in octets, counted or, before it has come, as announced
   */
  record Facts(Optional<PathCommand> mail, List<PathCommand> rcpts, OptionalLong size) {
    static final Facts NONE = new Facts(Optional.empty(), List.of(), OptionalLong.empty());
  }

  MailTransaction(int session, Consumer<ReceivedMessage> store) {
    this.session = session;
    this.store = store;
  }

  boolean hasBegun() {
    return mail.isPresent();
  }

  int recipients() {
    return rcpts.size();
  }

  /** How many messages were stored in this session. */
  int stored() {
    return stored;
  }

  /** What has been said up to this exchange, its own command included. */
  Facts factsAt(Exchange exchange) {
    Optional<PathCommand> sender =
        exchange.isAt(Stage.MAIL) ? PathReader.MAIL.read(exchange.command()) : mail;
    if (sender.isEmpty()) {
      return complete;
    }
    List<PathCommand> recipients =
        exchange.isAt(Stage.RCPT)
            ? PathReader.RCPT.read(exchange.command()).map(List::of).orElse(List.of())
            : List.copyOf(rcpts);
    return new Facts(sender, recipients, announcedSize(sender.get()));
  }

  private Facts facts(OptionalLong size) {
    return new Facts(mail, List.copyOf(rcpts), size);
  }

  private static OptionalLong announcedSize(PathCommand mail) {
    String size = mail.parameters().getOrDefault("SIZE", "");
    return size.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(size)) : OptionalLong.empty();
  }

  void onTlsUp() {
    tls = true;
    forget();
  }

  void forget() {
    mail = Optional.empty();
    rcpts.clear();
    data = null;
    chunks = null;
  }

  Exchange mail(String line, Extensions extensions) {
    complete = Facts.NONE;
    if (mail.isPresent()) {
      return Exchange.outOfSequence(line);
    }
    Optional<PathCommand> read = PathReader.MAIL.read(line);
    if (read.isEmpty()) {
      return Exchange.plain(line, "501 5.5.4 Expected MAIL FROM:<address>");
    }
    return ParameterRules.MAIL
        .complaint(read.get(), read.get(), extensions)
        .map(refusal -> Exchange.plain(line, refusal))
        .orElseGet(() -> Exchange.at(Stage.MAIL, line, () -> mail = read, "250 2.1.0 Sender OK"));
  }

  Exchange rcpt(String line, Extensions extensions) {
    if (mail.isEmpty() || chunks != null) {
      return Exchange.outOfSequence(line);
    }
    Optional<PathCommand> read = PathReader.RCPT.read(line).filter(rcpt -> !rcpt.path().isEmpty());
    if (read.isEmpty()) {
      return Exchange.plain(line, "501 5.5.4 Expected RCPT TO:<address>");
    }
    if (rcpts.size() >= MAX_RECIPIENTS) {
      return Exchange.plain(line, "452 4.5.3 Too many recipients");
    }
    PathCommand rcpt = read.get();
    return ParameterRules.RCPT
        .complaint(rcpt, mail.get(), extensions)
        .map(refusal -> Exchange.plain(line, refusal))
        .orElseGet(
            () -> Exchange.at(Stage.RCPT, line, () -> rcpts.add(rcpt), "250 2.1.5 Recipient OK"));
  }

  Exchange data(String line) {
    if (chunks != null) {
      return Exchange.outOfSequence(line);
    }
    return refusal()
        .map(refusal -> Exchange.plain(line, refusal))
        .orElseGet(
            () ->
                Exchange.at(
                    Stage.DATA,
                    line,
                    () -> data = new ContentReader(),
                    "354 End data with <CRLF>.<CRLF>"));
  }

  /** Announces octets, whatever becomes of them; the answer follows them. */
  Exchange bdat(String line) {
    Matcher matcher = BDAT.matcher(line);
    if (!matcher.matches()) {
      return Exchange.plain(line, "501 5.5.4 Expected BDAT size [LAST]");
    }
    long octets = Long.parseLong(matcher.group(1));
    lastChunk = matcher.group(2) != null;
    Chunks target = chunks == null ? new Chunks(content -> onMessage(line, content)) : chunks;
    chunks = target;
    return Exchange.silent(line, () -> target.begin(line, octets, lastChunk, refusal()));
  }

  private Optional<String> refusal() {
    if (mail.isEmpty()) {
      return Optional.of(Exchange.OUT_OF_SEQUENCE);
    }
    return rcpts.isEmpty() ? Optional.of("554 5.5.1 No valid recipients") : Optional.empty();
  }

  /** Whether what comes in is content. */
  boolean isReceiving() {
    return data != null || (chunks != null && chunks.isReading());
  }

  /** The first octets of a content, which are not answered. */
  Optional<Exchange> onFirstOctets() {
    if (chunks != null) {
      return chunks.onFirstOctets();
    }
    return data != null && data.isFresh()
        ? Optional.of(Exchange.at(Stage.BODY, "", () -> {}))
        : Optional.empty();
  }

  /** Takes content; whether all of it, or of the chunk, is there. */
  boolean read(ByteBuf in) {
    if (chunks != null) {
      return chunks.read(in);
    }
    if (data == null) {
      throw new IllegalStateException("no content is expected");
    }
    return data.read(in);
  }

  /** What to answer to content that is complete; to be asked until there is nothing. */
  Optional<Exchange> onContentRead() {
    if (data != null) {
      ContentReader content = data;
      return Optional.of(content.tooBig() ? onTooBig() : onMessage("", content.content()));
    }
    if (chunks == null) {
      return Optional.empty();
    }
    Chunks reading = chunks;
    Optional<Exchange> next = reading.onRead();
    if (!reading.isReading() && (lastChunk || mail.isEmpty())) {
      forget();
    }
    return next;
  }

  private Exchange onTooBig() {
    complete = facts(OptionalLong.of(ContentReader.MAX_SIZE));
    forget();
    return Exchange.at(Stage.DOT, "", () -> {}, "552 5.3.4 Message too big");
  }

  /** Whatever is answered, the transaction is over; only storing is a choice. */
  private Exchange onMessage(String command, byte[] content) {
    ReceivedMessage message =
        new ReceivedMessage(session, stored + 1, tls, mail.orElseThrow(), rcpts, content);
    complete = facts(OptionalLong.of(message.size()));
    forget();
    return Exchange.at(Stage.DOT, command, () -> store(message), "250 2.6.0 Message accepted");
  }

  private void store(ReceivedMessage message) {
    stored++;
    store.accept(message);
  }
}
