package io.github.mailflowlab.scenario;

import io.github.mailflowlab.document.ScenarioDocument;
import io.github.mailflowlab.document.ScenarioDocument.Check;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Scenarios as build servers read test results: one suite, a test case for each scenario, its
 * failed expectations as the failure, its time line as the output.
 */
public final class JUnitReport {
  private static final String SUITE = "mailflow scenarios";

  private JUnitReport() {}

  /**
   * Writes the file anew.
   *
   * @param took how long each took in real time, by id
   * @throws IOException when it cannot be written
   */
  public static void write(Path file, List<ScenarioDocument> results, Map<String, Duration> took)
      throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      XMLStreamWriter xml =
          XMLOutputFactory.newFactory().createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
      xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
      suite(xml, results, took);
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  private static void suite(
      XMLStreamWriter xml, List<ScenarioDocument> results, Map<String, Duration> took)
      throws XMLStreamException {
    long failures = results.stream().filter(result -> !result.succeeded()).count();
    Duration total = took.values().stream().reduce(Duration.ZERO, Duration::plus);
    xml.writeStartElement("testsuites");
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", SUITE);
    xml.writeAttribute("tests", Integer.toString(results.size()));
    xml.writeAttribute("failures", Long.toString(failures));
    xml.writeAttribute("errors", "0");
    xml.writeAttribute("skipped", "0");
    xml.writeAttribute("time", seconds(total));
    for (ScenarioDocument result : results) {
      testCase(xml, result, took.getOrDefault(result.id(), Duration.ZERO));
    }
    xml.writeEndElement();
    xml.writeEndElement();
  }

  private static void testCase(XMLStreamWriter xml, ScenarioDocument result, Duration took)
      throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", "scenario");
    xml.writeAttribute("name", result.id());
    xml.writeAttribute("time", seconds(took));
    if (!result.succeeded()) {
      List<Check> failed = result.checks().stream().filter(check -> !check.met()).toList();
      xml.writeStartElement("failure");
      xml.writeAttribute("type", "expectation");
      xml.writeAttribute("message", legal(ScenarioText.failed(failed.get(0))));
      xml.writeCharacters(
          legal(failed.stream().map(ScenarioText::failed).collect(Collectors.joining("\n"))));
      xml.writeEndElement();
    }
    xml.writeStartElement("system-out");
    xml.writeCharacters(legal(String.join("\n", ScenarioText.timeLine(result))));
    xml.writeEndElement();
    xml.writeEndElement();
  }

  private static String seconds(Duration duration) {
    return Long.toString(duration.toSeconds()) + "." + thousandths(duration.toMillisPart());
  }

  private static String thousandths(int millis) {
    return Integer.toString(1000 + millis).substring(1);
  }

  /** What peers say may hold characters that XML 1.0 has no way to write. */
  private static String legal(String text) {
    return text.replaceAll("[^\\t\\n\\x20-\\uD7FF\\uE000-\\uFFFD]", "?");
  }
}
