// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.conformance.Answer;
import dev.sextant.conformance.DoorUnderTest;
import dev.sextant.conformance.Question;
import dev.sextant.model.Position;
import dev.sextant.query.MetricQuery;
import dev.sextant.server.ask.MetricQueryToJson;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Asks GraphQL's {@code query(input:)}, which takes metric queries without other names for their items. */
public final class GraphqlClientDoor implements DoorUnderTest {
  private static final String DOCUMENT = """
      query Ask($input: QueryInput!) { query(input: $input) { columns { name type } rows } }""";

  private static final int DATE_LENGTH = 10;

  private final HttpClientDoor http;

  /** Over the connection of the HTTP door, which remains its own. */
  public GraphqlClientDoor(HttpClientDoor http) {
    this.http = http;
  }

  @Override
  public String name() {
    return "graphql";
  }

  @Override
  public boolean takes(Question question) {
    return question instanceof Question.Metrics metrics && items(metrics.query()).noneMatch(item -> item.alias().isPresent())
        && metrics.query().timeRange().map(range -> isDate(range.start()) && isDate(range.end())).orElse(true);
  }

  /** What is no date at all never gets past GraphQL's own types. */
  private static boolean isDate(String text) {
    try {
      DateTimeFormatter.ISO_DATE.parse(text.substring(0, Math.min(DATE_LENGTH, text.length())));
      return true;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static Stream<MetricQuery.Item> items(MetricQuery query) {
    return Stream.concat(query.metrics().stream(), query.groupBy().stream());
  }

  @Override
  public Answer ask(Question question) {
    return switch (question) {
      case Question.Metrics metrics -> answer(http.post("/graphql", body(metrics.query())).body());
      case Question.Sql sql -> throw new IllegalArgumentException("GraphQL takes no SQL: " + sql.statement());
    };
  }

  private static ObjectNode body(MetricQuery query) {
    ObjectNode input = MetricQueryToJson.write(query);
    query.extras().compare().ifPresent(offset -> input.put("compare", offset));
    input.put("rollups", query.options().rollups().name().toUpperCase(Locale.ROOT));
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("query", DOCUMENT);
    body.putObject("variables").set("input", input);
    return body;
  }

  private static Answer answer(JsonNode body) {
    if (!body.has("errors")) {
      return new Answer.Rows(JsonTable.read(body.at("/data/query")));
    }
    List<Answer.Complaint> complaints = new ArrayList<>();
    body.path("errors")
        .forEach(error -> complaints.add(
            new Answer.Complaint(error.at("/extensions/code").asText("NO_CODE"), error.path("message").asText(), Position.NOWHERE)));
    return new Answer.Refusal(complaints);
  }

  @Override
  public void close() {
    // The HTTP door owns the connection.
  }
}
