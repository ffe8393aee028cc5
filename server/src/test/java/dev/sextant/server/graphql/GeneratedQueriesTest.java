// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.server.testing.SmallProject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Generated queries, sensible and not: each is answered or refused with a code, and never fails inside. */
class GeneratedQueriesTest {
  private static final int COUNT = Integer.getInteger("sextant.fuzz", 1_000);
  private static final List<String> ITEMS = List.of("order", "order__country", "metric_time", "order__ordered_at");
  private static final List<String> METRICS = List.of("revenue", "orders", "average_order_value");
  private static final List<String> GRAINS = List.of("DAY", "WEEK", "MONTH", "QUARTER", "YEAR", "HOUR");
  private static final List<
      String> TEXTS = List.of("\"DE\"", "\"\"", "\"it's\"", "\"%\"", "\"\\u0000x\"", "\"\\uD83C\\uDFC3\"", "null", "5", "\"{{ x }}\"",
          "\"' or 1=1 --\"");
  private static final List<
      String> TIMES = List.of("\"2026-01-20\"", "\"2026-02-01T10:00:00\"", "\"2026-02-01T10:00:00Z\"", "\"2026-13-45\"",
          "\"yesterday\"", "\"0000-01-01\"", "null");
  private static final List<
      String> NUMBERS = List.of("0", "-1", "10.5", "1e3", "9223372036854775807", "99999999999999999999999999", "\"12\"",
          "\"x\"", "1e99", "-0.0000001");
  private static final List<String> COMPARISONS = List.of("eq", "neq", "gt", "gte", "lt", "lte");

  private static final List<String> COMPARED = List.of("__previous", "__change", "__change_share", "__share", "__running");
  private static final List<String> ADDED = List.of("order__country", "metric_time", "ALL", "ALL");

  @TempDir private Path folder;
  private final Random random = new Random(20261123);

  @Test
  void noQueryFailsInside() throws IOException {
    Map<String, Integer> outcomes = new TreeMap<>();
    try (GraphqlClient client = new GraphqlClient(SmallProject.write(folder))) {
      for (int i = 0; i < COUNT; i++) {
        String query = query();
        var answer = client.exchange(query, Map.of());
        assertThat(answer.statusCode()).as(query).isIn(200, 400);
        JsonNode errors = GraphqlClient.tree(answer.body()).path("errors");
        outcomes.merge(errors.isEmpty() ? "answered" : "refused", 1, Integer::sum);
        for (JsonNode error : errors) {
          String code = error.at("/extensions/code").asText();
          outcomes.merge(code, 1, Integer::sum);
          assertThat(code).as(query + "\n" + error).isNotEmpty().isNotIn("INTERNAL", "WAREHOUSE_SCHEMA", "WAREHOUSE_ERROR");
        }
      }
    }
    System.out.println("Generated queries: " + outcomes);
    assertThat(outcomes.getOrDefault("answered", 0)).isGreaterThan(COUNT / 8);
  }

  private String one(List<String> texts) {
    return texts.get(random.nextInt(texts.size()));
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private String query() {
    StringBuilder query = new StringBuilder("{");
    for (int i = 0; i <= random.nextInt(3); i++) {
      query.append(" q").append(i).append(": ").append(chance(15) ? generic() : table());
    }
    return query.append(" }").toString();
  }

  private String generic() {
    return "query(input: {metrics: [\"" + one(METRICS) + "\"], group_by: [\"" + one(ITEMS) + (chance(30) ? "__month" : "") + "\"]"
        + (chance(40) ? ", where: [\"" + one(ITEMS) + " = " + one(List.of("'DE'", "5", "null", "(", "date '2026-01-01'")) + "\"]" : "")
        + (chance(30) ? ", order_by: [\"-" + one(METRICS) + "\"]" : "") + (chance(20) ? ", limit: " + random.nextInt(5) : "")
        + (chance(20) ? ", fill: true" : "") + (chance(20) ? ", totals: [\"" + one(ITEMS) + "\"]" : "")
        + "}) { rows row_count columns { name } sql }";
  }

  private String table() {
    StringBuilder text = new StringBuilder("orders");
    StringBuilder arguments = new StringBuilder();
    if (chance(60)) {
      arguments.append(" where: ").append(where(0));
    }
    if (chance(20)) {
      arguments.append(" having: {")
          .append(one(METRICS))
          .append(": {")
          .append(one(COMPARISONS))
          .append(": ")
          .append(one(NUMBERS))
          .append("}}");
    }
    if (chance(30)) {
      arguments.append(" order_by: {")
          .append(chance(70) ? one(METRICS) : one(ITEMS))
          .append(": ")
          .append(chance(50) ? "ASC" : "DESC")
          .append('}');
    }
    if (chance(30)) {
      arguments.append(" limit: ").append(random.nextInt(12) - 1).append(" offset: ").append(random.nextInt(3));
    }
    if (chance(10)) {
      arguments.append(" time_range: {start: ").append(one(TIMES)).append(" end: ").append(one(TIMES)).append('}');
    }
    if (chance(10)) {
      arguments.append(" time_zone: ").append(one(List.of("\"Europe/Berlin\"", "\"Mars\"", "\"\"", "\"UTC\"")));
    }
    if (chance(10)) {
      arguments.append(" fill: true");
    }
    if (chance(15)) {
      arguments.append(" compare: ").append(one(List.of("\"1 month\"", "\"1 year\"", "\"2 days\"", "\"soon\"", "\"\"")));
    }
    arguments.append(chance(12) ? added() : "");
    text.append(arguments.isEmpty() ? "" : "(" + arguments + ")").append(" {");
    for (int i = 0; i <= random.nextInt(4); i++) {
      text.append(" f").append(i).append(": ").append(chance(50) ? one(METRICS) + (chance(10) ? one(COMPARED) : "") : item());
    }
    return text.append(chance(10) ? " __typename }" : " }").toString();
  }

  /** Arguments that add rows and values. */
  private String added() {
    String top = "{item: " + one(ADDED) + " n: " + random.nextInt(4) + (chance(40) ? " by: " + one(METRICS) : "")
        + (chance(30) ? " others: false}" : "}");
    return (chance(60) ? " totals: [" + one(ADDED) + (chance(20) ? " " + one(ADDED) : "") + "]" : "") + (chance(25) ? " top: " + top : "")
        + (chance(50) ? " share: [" + one(ADDED) + "]" : "") + (chance(25) ? " running: " + one(ADDED) : "");
  }

  private String item() {
    if (chance(3)) {
      return chance(50) ? one(ITEMS) + "__is_total" : "order__country__is_others";
    }
    String item = one(ITEMS);
    if (item.equals("metric_time") && chance(20)) {
      return "metric_time__extract(part: " + one(List.of("YEAR", "MONTH", "DOW", "HOUR")) + ")";
    }
    return item.endsWith("_at") || item.equals("metric_time") ? item + (chance(50) ? "(grain: " + one(GRAINS) + ")" : "") : item;
  }

  private String where(int depth) {
    return switch (random.nextInt(depth > 2 ? 4 : 7)) {
      case 0 -> "{order__country: {" + one(COMPARISONS) + ": " + one(TEXTS) + "}}";
      case 1 ->
          "{order__country: {" + one(List.of("in", "not_in", "between")) + ": [" + one(TEXTS) + ", " + one(TEXTS) + "] is_null: false}}";
      case 2 -> "{" + one(List.of("metric_time", "order__ordered_at")) + ": {" + (chance(30) ? "grain: " + one(GRAINS) + " " : "")
          + one(COMPARISONS)
          + ": " + one(TIMES) + "}}";
      case 3 -> "{order: {" + one(COMPARISONS) + ": " + one(NUMBERS) + "}}";
      case 4 -> "{and: [" + where(depth + 1) + ", " + where(depth + 1) + "]}";
      case 5 -> "{or: [" + where(depth + 1) + ", " + where(depth + 1) + "]}";
      default -> "{not: " + where(depth + 1) + "}";
    };
  }
}
