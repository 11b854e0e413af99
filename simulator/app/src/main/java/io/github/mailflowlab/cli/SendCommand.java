package io.github.mailflowlab.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code send}: submits mail to a running instance. */
@Command(
    name = "send",
    description = "Submits mail files, or a short test mail, to a running instance.")
final class SendCommand implements Callable<Integer> {
  @Mixin private final Console console = new Console();
  @Mixin private final Instance instance = new Instance();

  @Option(
      names = "--from",
      defaultValue = "alice@contoso.example",
      description = "The reverse-path; empty for the null one (default: ${DEFAULT-VALUE}).")
  private String from = "";

  @Option(names = "--to", required = true, description = "A recipient; repeatable.")
  private List<String> to = new ArrayList<>();

  @Option(
      names = "--subject",
      defaultValue = "Test mail",
      description = "Of the test mail (default: ${DEFAULT-VALUE}).")
  private String subject = "";

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "Mails to send, one a file; without any, a short test mail.")
  private List<Path> files = new ArrayList<>();

  @Override
  public Integer call() {
    List<ObjectNode> results = new ArrayList<>();
    if (files.isEmpty()) {
      results.add(sent(null, testMail()));
    }
    // All of them are looked at before the first is sent, so that a wrong name sends nothing.
    files.forEach(SendCommand::requireReadable);
    for (Path file : files) {
      results.add(sent(file.toString(), read(file)));
    }
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.putArray("messages").addAll(results);
    if (!console.printedAsJson(document)) {
      results.forEach(this::print);
    }
    boolean allAccepted =
        results.stream().allMatch(sent -> sent.hasNonNull("id") && sent.path("rejected").isEmpty());
    return allAccepted ? MailFlow.OK : MailFlow.FAILED;
  }

  private ObjectNode sent(@Nullable String file, byte[] mail) {
    StringBuilder query = new StringBuilder("/messages?from=").append(Instance.encoded(from));
    to.forEach(recipient -> query.append("&to=").append(Instance.encoded(recipient)));
    Instance.Answer answer =
        instance.request(
            "POST", query.toString(), BodyPublishers.ofByteArray(mail), "message/rfc822");
    JsonNode document = answer.document();
    return document.has("accepted")
        ? ((ObjectNode) document).put("file", file)
        : refused(file, Fields.text(document, "detail"));
  }

  /** What the instance would not even route is refused for all recipients alike. */
  private ObjectNode refused(@Nullable String file, String why) {
    ObjectNode result = JsonNodeFactory.instance.objectNode().put("file", file);
    result.putNull("id");
    result.putArray("accepted");
    for (String recipient : to) {
      result.withArray("rejected").addObject().put("address", recipient).put("reply", why);
    }
    return result;
  }

  private void print(ObjectNode sent) {
    String what = sent.hasNonNull("file") ? Fields.text(sent, "file") + ": " : "";
    if (sent.hasNonNull("id")) {
      console.out().println(what + "queued as " + Fields.text(sent, "id"));
    }
    for (JsonNode rejected : sent.path("rejected")) {
      console
          .err()
          .println(
              what
                  + "refused for "
                  + Fields.text(rejected, "address")
                  + ": "
                  + Fields.text(rejected, "reply"));
    }
  }

  private static void requireReadable(Path file) {
    if (!Files.isRegularFile(file)) {
      throw unreadable(file, "no such file");
    }
    if (!Files.isReadable(file)) {
      throw unreadable(file, "permission denied");
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw unreadable(file, "the disk fails");
    }
  }

  private static CommandFailure unreadable(Path file, String why) {
    return new CommandFailure(
        MailFlow.USAGE, "Cannot read " + Console.safe(file.toString()) + ": " + why + ".");
  }

  private byte[] testMail() {
    String recipients = String.join(", ", to);
    if ((from + recipients + subject).chars().anyMatch(Character::isISOControl)) {
      throw new CommandFailure(MailFlow.USAGE, "Addresses and subject must be on one line each.");
    }
    String text =
        "From: <"
            + from
            + ">\r\nTo: "
            + recipients
            + "\r\nSubject: "
            + subject
            + "\r\n\r\nSent by mailflow send.\r\n";
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
