package io.github.mailflowlab.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads a file as a tree of nodes that know their lines. Nothing in it can make an object: no tags
 * are followed, no aliases taken, size and depth are bounded.
 */
public final class YamlFile {
  /** In octets. */
  static final int MAX_SIZE = 1024 * 1024;

  private static final int MAX_DEPTH = 20;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private YamlFile() {}

  /** The root node; empty when the file is, or when a problem was found. */
  static Optional<Node> read(Path file, Problems problems) {
    return text(file, problems).flatMap(text -> compose(text, problems));
  }

  /** The whole file; one without keys when it is empty, or a problem was found. */
  public static Section section(Path file, Problems problems) {
    return section(read(file, problems), problems);
  }

  /** The same of a text that is at hand already. */
  public static Section section(String text, Problems problems) {
    return section(compose(text, problems), problems);
  }

  private static Section section(Optional<Node> root, Problems problems) {
    return root.map(node -> Section.of(node, "", problems))
        .orElseGet(() -> Section.empty("", problems));
  }

  private static Optional<String> text(Path file, Problems problems) {
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] octets = stream.readNBytes(MAX_SIZE + 1);
      if (octets.length <= MAX_SIZE) {
        return Optional.of(decode(octets));
      }
      problems.add(1, "file", "longer than " + MAX_SIZE + " octets");
    } catch (CharacterCodingException e) {
      problems.add(1, "file", "not UTF-8");
    } catch (IOException e) {
      problems.add(1, "file", "cannot be read: " + reason(e));
    }
    return Optional.empty();
  }

  private static String decode(byte[] octets) throws CharacterCodingException {
    String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }

  /** Why a file could not be read, in words. */
  static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  private static Optional<Node> compose(String text, Problems problems) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_SIZE);
    options.setNestingDepthLimit(MAX_DEPTH);
    Yaml yaml = new Yaml(options);
    try {
      for (Event event : yaml.parse(new StringReader(text))) {
        if (event instanceof AliasEvent) {
          problems.add(line(event.getStartMark()), "yaml", "aliases are not supported");
          return Optional.empty();
        }
      }
      return Optional.ofNullable(yaml.compose(new StringReader(text)));
    } catch (MarkedYAMLException e) {
      problems.add(line(e.getProblemMark()), "yaml", String.valueOf(e.getProblem()));
    } catch (YAMLException e) {
      problems.add(1, "yaml", String.valueOf(e.getMessage()).lines().findFirst().orElse("wrong"));
    }
    return Optional.empty();
  }

  static int line(Mark mark) {
    return mark.getLine() + 1;
  }
}
