// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.error;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes issues as JSON: {@code {"error": {"code", "message", "position", "suggestions"}}}, with all of them in {@code errors} if several. */
public final class IssueJson {
  private static final JsonFactory JSON = new JsonFactory();

  private IssueJson() {}

  /** The body of an error answer. */
  public static byte[] body(List<Issue> issues) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      out.writeStartObject();
      out.writeFieldName("error");
      write(issues.getFirst(), out);
      if (issues.size() > 1) {
        out.writeFieldName("errors");
        writeAll(issues, out);
      }
      out.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /** Writes issues as an array. */
  public static void writeAll(List<Issue> issues, JsonGenerator out) throws IOException {
    out.writeStartArray();
    for (Issue issue : issues) {
      write(issue, out);
    }
    out.writeEndArray();
  }

  /** Writes one issue. */
  public static void write(Issue issue, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("code", issue.code().name());
    out.writeStringField("message", issue.message());
    out.writeStringField("sqlstate", ErrorTable.row(issue.code()).sqlState());
    if (!issue.position().equals(Position.NOWHERE)) {
      write(issue.position(), out);
    }
    out.writeArrayFieldStart("suggestions");
    for (String suggestion : issue.suggestions()) {
      out.writeString(suggestion);
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void write(Position position, JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("position");
    if (!position.file().isEmpty()) {
      out.writeStringField("file", position.file());
    }
    out.writeNumberField("line", position.line());
    out.writeNumberField("column", position.column());
    out.writeEndObject();
  }
}
