package io.github.mailflowlab.training;

import io.github.mailflowlab.document.LessonDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The lessons that come with the program. */
public final class Curriculum {
  private static final String FOLDER = "/lessons/";

  private Curriculum() {}

  /** Their names, in the order in which they are best done. */
  public static List<String> ids() {
    return text("index").lines().filter(line -> !line.isBlank()).toList();
  }

  /** What there is to learn, in that order. */
  public static LessonDocument.Listing lessons() {
    return new LessonDocument.Listing(
        ids().stream().map(Curriculum::read).map(Lesson::entry).toList());
  }

  static Optional<Lesson> lesson(String id) {
    return ids().contains(id) ? Optional.of(read(id)) : Optional.empty();
  }

  private static Lesson read(String id) {
    return LessonReader.read(id, text(id + ".yaml"));
  }

  private static String text(String name) {
    try (InputStream stream = Curriculum.class.getResourceAsStream(FOLDER + name)) {
      if (stream == null) {
        throw new IllegalStateException("not in the program: " + FOLDER + name);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
