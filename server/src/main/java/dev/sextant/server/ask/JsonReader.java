// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.ask;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.server.error.ServerIssue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Bytes to one JSON value; duplicate keys, trailing text and endless nesting are errors with a position. */
final class JsonReader {
  private static final int DEEPEST = 50;
  /** What the parser says to programmers. */
  private static final Pattern ADVICE = Pattern.compile("( \\(start marker|: enable `).*", Pattern.DOTALL);
  private static final JsonFactory JSON = JsonFactory.builder()
      .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
      .build();

  private final JsonParser parser;

  private JsonReader(JsonParser parser) {
    this.parser = parser;
  }

  /** Reads a text in UTF-8. */
  static Json read(String text) {
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() == null) {
        throw new SextantException(Issue.of(ServerIssue.INVALID_JSON, Position.NOWHERE, "The body is empty; a JSON object is expected."));
      }
      JsonReader reader = new JsonReader(parser);
      Json value = reader.value();
      if (parser.nextToken() != null) {
        throw new SextantException(Issue.of(ServerIssue.INVALID_JSON, reader.here(), "Nothing may follow the end of the JSON value."));
      }
      return value;
    } catch (JsonProcessingException malformed) {
      throw new SextantException(
          Issue.of(ServerIssue.INVALID_JSON, position(malformed.getLocation()), "The body is not JSON: " + reason(malformed) + "."));
    } catch (IOException impossible) {
      throw new java.io.UncheckedIOException(impossible);
    }
  }

  private Json value() throws IOException {
    Position at = here();
    return switch (parser.currentToken()) {
      case START_OBJECT -> new Json.Object(members(), at);
      case START_ARRAY -> new Json.Array(items(), at);
      case VALUE_STRING -> new Json.Text(parser.getText(), at);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Number(parser.getText(), at);
      case VALUE_TRUE -> new Json.Flag(true, at);
      case VALUE_FALSE -> new Json.Flag(false, at);
      case VALUE_NULL -> new Json.Null(at);
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT -> throw new IllegalStateException("no value at " + at);
    };
  }

  private List<Json.Member> members() throws IOException {
    List<Json.Member> members = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      Position at = here();
      parser.nextToken();
      members.add(new Json.Member(key, at, value()));
    }
    return members;
  }

  private List<Json> items() throws IOException {
    List<Json> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value());
    }
    return items;
  }

  private Position here() {
    return position(parser.currentTokenLocation());
  }

  private static Position position(JsonLocation location) {
    return location == null ? Position.NOWHERE : new Position("", location.getLineNr(), location.getColumnNr());
  }

  private static String reason(JsonProcessingException malformed) {
    String message = String.valueOf(malformed.getOriginalMessage());
    return ADVICE.matcher(message).replaceFirst("");
  }
}
