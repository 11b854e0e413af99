package io.github.mailflowlab.intake;

import io.github.mailflowlab.delivery.Submission;
import io.github.mailflowlab.mail.DomainName;
import io.github.mailflowlab.pressure.Level;
import io.github.mailflowlab.status.SmtpReply;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One SMTP session seen from the server (RFC 5321): octets in, actions out. It knows no socket and
 * no thread; whoever drives it performs the actions in order, from one thread at a time.
 *
 * <p>Phases:
 *
 * <pre>
 * COMMANDS -> CONTENT (DATA accepted, BDAT) -> SUBMITTING (final dot, LAST) -> COMMANDS
 *                                           -> COMMANDS (refused, or a chunk with more to come)
 * any      -> CLOSED
 * </pre>
 *
 * <p>Nothing is read while SUBMITTING, so the replies of pipelined commands keep their order.
 */
final class IntakeSession {
  /** How many commands of a session may be wrong. */
  static final int MAX_BAD_COMMANDS = 20;

  private enum Phase {
    COMMANDS,
    CONTENT,
    SUBMITTING,
    CLOSED
  }

  private final IntakeSettings settings;
  private final RecipientPolicy policy;
  private final InstantSource clock;
  private final InetAddress peer;
  private final Supplier<Level> pressure;
  private final CommandLineReader lines = new CommandLineReader();
  private final MessageInput content = new MessageInput();

  private Phase phase = Phase.COMMANDS;
  private boolean shuttingDown;
  private int badCommands;
  private @Nullable ReceivedHeader hello;
  private @Nullable IntakeTransaction transaction;

  IntakeSession(
      IntakeSettings settings,
      RecipientPolicy policy,
      InstantSource clock,
      InetAddress peer,
      Supplier<Level> pressure) {
    this.settings = settings;
    this.policy = policy;
    this.clock = clock;
    this.peer = peer;
    this.pressure = pressure;
  }

  /** Greets. */
  List<IntakeAction> open() {
    return say(IntakeReplies.greeting(settings.hostName()));
  }

  /**
   * Takes octets up to the end of one command line, chunk or content, and stops there. No actions
   * when the octets ended before.
   */
  List<IntakeAction> accept(ByteBuffer octets) {
    return switch (phase) {
      case COMMANDS ->
          lines.next(octets).map(this::onLine).map(this::unlessShuttingDown).orElse(List.of());
      case CONTENT -> acceptContent(octets);
      case SUBMITTING, CLOSED -> throw new IllegalStateException("nothing is read in " + phase);
    };
  }

  /** Whether octets have to wait. */
  boolean isSubmitting() {
    return phase == Phase.SUBMITTING;
  }

  /** The submission is done; its reply is passed on as it is. */
  List<IntakeAction> onSubmitted(Submission.Result result) {
    return endSubmission(result.reply());
  }

  /** The submission broke; the client is asked to try again. */
  List<IntakeAction> onSubmissionBroken() {
    return endSubmission(IntakeReplies.SUBMISSION_BROKEN);
  }

  /** The client has been silent for too long. */
  List<IntakeAction> onIdle() {
    return phase == Phase.SUBMITTING ? List.of() : close(IntakeReplies.IDLE);
  }

  /** The service ends: at once without a transaction, else after it. */
  List<IntakeAction> onShutdown() {
    shuttingDown = true;
    return unlessShuttingDown(List.of());
  }

  /** Something of ours broke. */
  List<IntakeAction> onBroken() {
    return close(IntakeReplies.BROKEN);
  }

  /** The connection is gone. */
  void onClosed() {
    phase = Phase.CLOSED;
    endTransaction();
  }

  private List<IntakeAction> onLine(CommandLine line) {
    if (line instanceof CommandLine.Text text) {
      return onCommand(text.text());
    }
    if (line instanceof CommandLine.TooLong) {
      return bad(IntakeReplies.LINE_TOO_LONG);
    }
    if (line instanceof CommandLine.BadOctet) {
      return bad(IntakeReplies.BAD_OCTETS);
    }
    if (line instanceof CommandLine.NotUtf8) {
      return bad(IntakeReplies.NOT_UTF8);
    }
    if (line instanceof CommandLine.BareLf) {
      return close(IntakeReplies.BARE_LF);
    }
    throw new AssertionError(line);
  }

  private List<IntakeAction> onCommand(String line) {
    int blank = line.indexOf(' ');
    String verb = (blank < 0 ? line : line.substring(0, blank)).toUpperCase(Locale.ROOT);
    String argument = blank < 0 ? "" : line.substring(blank).strip();
    return switch (verb) {
      case "EHLO" -> onHello(argument, true);
      case "HELO" -> onHello(argument, false);
      case "MAIL" -> onMail(argument);
      case "RCPT" -> onRcpt(argument);
      case "DATA" -> argument.isEmpty() ? onData() : bad(IntakeReplies.BAD_ARGUMENT);
      case "BDAT" -> onChunk(argument);
      case "RSET" -> argument.isEmpty() ? onReset() : bad(IntakeReplies.BAD_ARGUMENT);
      case "NOOP" -> say(IntakeReplies.OK);
      case "QUIT" ->
          argument.isEmpty() ? close(IntakeReplies.BYE) : bad(IntakeReplies.BAD_ARGUMENT);
      case "VRFY" -> say(IntakeReplies.CANNOT_VERIFY);
      case "HELP" -> say(IntakeReplies.HELP);
      case "STARTTLS", "AUTH", "EXPN", "TURN", "ETRN" -> bad(IntakeReplies.NOT_IMPLEMENTED);
      // A web page must not be able to send mail by having the browser post commands to us.
      case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE", "PRI" ->
          close(IntakeReplies.NOT_HTTP);
      default -> bad(IntakeReplies.UNKNOWN_COMMAND);
    };
  }

  private List<IntakeAction> onHello(String argument, boolean extended) {
    // Also with SMTPUTF8 a client tells its name in ASCII (RFC 6531 3.7.1).
    boolean ascii = argument.chars().allMatch(c -> c < 0x80);
    Optional<DomainName> client = ascii ? DomainName.parse(argument) : Optional.empty();
    if (client.isEmpty()) {
      return bad(IntakeReplies.BAD_HELLO);
    }
    endTransaction();
    hello = new ReceivedHeader(client.get(), extended, peer);
    return say(
        extended
            ? IntakeReplies.ehlo(settings.hostName(), settings.maxMessageSize())
            : IntakeReplies.helo(settings.hostName()));
  }

  private List<IntakeAction> onMail(String argument) {
    if (hello == null) {
      return bad(IntakeReplies.HELLO_FIRST);
    }
    if (transaction != null) {
      return bad(IntakeReplies.NESTED_MAIL);
    }
    MailCommand command = MailCommand.read(argument, settings.maxMessageSize());
    if (command instanceof MailCommand.Accepted accepted) {
      return begin(accepted);
    }
    if (command instanceof MailCommand.Refused refused) {
      return bad(refused.reply());
    }
    throw new AssertionError(command);
  }

  /** Starts a transaction, unless there is no room for one more message. */
  private List<IntakeAction> begin(MailCommand.Accepted command) {
    Level level = pressure.get();
    if (level != Level.CLOSED) {
      transaction = new IntakeTransaction(command);
    }
    return switch (level) {
      case OPEN -> say(IntakeReplies.SENDER_OK);
      case SLOWED -> joined(say(IntakeReplies.SENDER_OK), List.of(new IntakeAction.Pause()));
      // Also here: who tries again at once shall not do so a thousand times a second.
      case CLOSED -> joined(say(IntakeReplies.NO_STORAGE), List.of(new IntakeAction.Pause()));
    };
  }

  private List<IntakeAction> onRcpt(String argument) {
    if (transaction == null) {
      return bad(IntakeReplies.MAIL_FIRST);
    }
    if (content.hasBegun()) {
      return bad(IntakeReplies.CONTENT_HAS_BEGUN);
    }
    RcptCommand command =
        RcptCommand.read(argument, settings.postmaster(), transaction.mayBeUtf8());
    if (command instanceof RcptCommand.Accepted accepted) {
      if (transaction.recipientCount() >= settings.maxRecipients()) {
        return say(IntakeReplies.TOO_MANY_RECIPIENTS);
      }
      Optional<SmtpReply> refusal = policy.refuse(accepted.recipient());
      if (refusal.isEmpty()) {
        transaction.add(accepted);
      }
      return say(refusal.orElse(IntakeReplies.RECIPIENT_OK));
    }
    if (command instanceof RcptCommand.Refused refused) {
      return bad(refused.reply());
    }
    throw new AssertionError(command);
  }

  private List<IntakeAction> onData() {
    Optional<SmtpReply> refusal =
        content.hasBegun() ? Optional.of(IntakeReplies.CONTENT_HAS_BEGUN) : refuseContent();
    if (refusal.isPresent()) {
      return bad(refusal.get());
    }
    content.beginData(traceLine(), settings.maxMessageSize());
    phase = Phase.CONTENT;
    return say(IntakeReplies.START_INPUT);
  }

  private List<IntakeAction> onChunk(String argument) {
    Optional<ChunkCommand> command = ChunkCommand.parse(argument);
    if (command.isEmpty()) {
      return close(IntakeReplies.BAD_CHUNK);
    }
    Optional<SmtpReply> refusal = refuseContent();
    if (refusal.isPresent()) {
      content.beginRefusedChunk(command.get(), refusal.get());
    } else {
      content.beginChunk(command.get(), traceLine(), settings.maxMessageSize());
    }
    phase = Phase.CONTENT;
    // It may have no octets at all.
    return acceptContent(ByteBuffer.allocate(0));
  }

  private Optional<SmtpReply> refuseContent() {
    if (transaction == null) {
      return Optional.of(IntakeReplies.MAIL_FIRST);
    }
    return transaction.recipientCount() == 0
        ? Optional.of(IntakeReplies.NO_RECIPIENTS)
        : Optional.empty();
  }

  private byte[] traceLine() {
    if (hello == null || transaction == null) {
      throw new AssertionError(phase);
    }
    return hello.octets(settings.hostName(), clock.instant(), transaction.mayBeUtf8());
  }

  private List<IntakeAction> onReset() {
    endTransaction();
    return say(IntakeReplies.RESET);
  }

  private List<IntakeAction> acceptContent(ByteBuffer octets) {
    return content.accept(octets).map(this::onContent).orElse(List.of());
  }

  private List<IntakeAction> onContent(ContentOutcome outcome) {
    if (outcome instanceof ContentOutcome.Received received && transaction != null) {
      phase = Phase.SUBMITTING;
      return List.of(new IntakeAction.Submit(transaction.envelope(received), received.content()));
    }
    phase = Phase.COMMANDS;
    if (outcome instanceof ContentOutcome.Continued chunk) {
      return say(IntakeReplies.chunk(chunk.octets()));
    }
    if (outcome instanceof ContentOutcome.Refused refused) {
      // Also after a chunk: else the next ones would make a message with a hole.
      endTransaction();
      return unlessShuttingDown(say(refused.reply()));
    }
    throw new AssertionError(outcome);
  }

  private List<IntakeAction> endSubmission(SmtpReply reply) {
    if (phase == Phase.CLOSED) {
      return List.of();
    }
    phase = Phase.COMMANDS;
    endTransaction();
    return unlessShuttingDown(say(reply));
  }

  private void endTransaction() {
    transaction = null;
    content.close();
  }

  /** A command that was wrong; too many of them end the session. */
  private List<IntakeAction> bad(SmtpReply reply) {
    badCommands++;
    return badCommands < MAX_BAD_COMMANDS
        ? say(reply)
        : joined(say(reply), close(IntakeReplies.TOO_MANY_ERRORS));
  }

  private List<IntakeAction> unlessShuttingDown(List<IntakeAction> actions) {
    return shuttingDown && phase == Phase.COMMANDS && transaction == null
        ? joined(actions, close(IntakeReplies.SHUTTING_DOWN))
        : actions;
  }

  private List<IntakeAction> close(SmtpReply reply) {
    if (phase == Phase.CLOSED) {
      return List.of();
    }
    onClosed();
    return List.of(new IntakeAction.Reply(reply), new IntakeAction.Close());
  }

  private static List<IntakeAction> say(SmtpReply reply) {
    return List.of(new IntakeAction.Reply(reply));
  }

  private static List<IntakeAction> joined(List<IntakeAction> first, List<IntakeAction> second) {
    List<IntakeAction> both = new ArrayList<>(first);
    both.addAll(second);
    return both;
  }
}
