package io.github.mailflowlab.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.mailflowlab.document.Json;
import java.io.PrintWriter;
import java.io.StringWriter;

/** What a command line came to: {@link MailFlow} as a user sees it. */
record Program(int status, String out, String err) {
  static Program run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        MailFlow.execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    return new Program(status, out.toString(), err.toString());
  }

  /** The one document on standard output. */
  JsonNode json() {
    try {
      return Json.tree(out);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not one document: " + out, e);
    }
  }
}
