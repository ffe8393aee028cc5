// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.server.testing.SmallProject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Totals, top values, shares, running totals and comparisons are arguments of tables, and fields beside their columns. */
class AddedValuesTest {
  @TempDir private static Path folder;
  private static GraphqlClient client;

  @BeforeAll
  static void start() throws IOException {
    client = new GraphqlClient(SmallProject.write(folder));
  }

  @AfterAll
  static void stop() {
    client.close();
  }

  /** The values of the rows of a table, without the names of their fields. */
  private static String values(String field) {
    List<List<JsonNode>> rows = new ArrayList<>();
    client.data("{ " + field + " }").elements().next().forEach(row -> {
      List<JsonNode> values = new ArrayList<>();
      row.elements().forEachRemaining(values::add);
      rows.add(values);
    });
    return GraphqlClient.json(rows);
  }

  @Test
  void totalsAreRowsThatSaySo() {
    assertThat(values("""
        sales(totals: [order__country], order_by: [{order__country: ASC}]) { order__country order__country__is_total orders revenue }"""))
        .isEqualTo("[[\"DE\",false,3,31.50],[\"FR\",false,2,105.00],[null,false,1,7.25],[null,true,6,143.75]]");
    assertThat(values("orders(totals: [ALL]) { total: order__country__is_total average_order_value }")).as("a ratio is that of all rows")
        .contains("[true,23.958");
    assertThat(values("""
        sales(totals: [metric_time]) { m: metric_time(grain: MONTH) metric_time__is_total(grain: MONTH) orders }"""))
        .isEqualTo("[[\"2026-01-01\",false,2],[\"2026-02-01\",false,3],[\"2026-03-01\",false,1],[null,true,6]]");
  }

  @Test
  void topValuesLeaveTheOthersInOneRow() {
    assertThat(values(
        "sales(top: {item: order__country, n: 1}, order_by: [{order__country: ASC}]) { order__country order__country__is_others orders }"))
            .isEqualTo("[[\"DE\",false,3],[null,true,3]]");
    assertThat(values(
        "sales(top: {item: order__country, n: 1, by: revenue}, order_by: [{orders: ASC}]) { order__country order__country__is_others orders }"))
            .isEqualTo("[[\"FR\",false,2],[null,true,4]]");
    assertThat(values("sales(top: {item: order__country, n: 1, by: revenue, others: false}) { order__country orders }"))
        .isEqualTo("[[\"FR\",2]]");
    assertThat(values("""
        sales(top: {item: order__country, n: 1}, totals: [ALL], share: [ALL], order_by: [{order__country: ASC}]) {
          order__country order__country__is_others order__country__is_total orders orders__share }"""))
        .isEqualTo("[[\"DE\",false,false,3,0.5],[null,true,false,3,0.5],[null,null,true,6,1.0]]");
  }

  @Test
  void sharesAndRunningTotalsStandBesideTheirMetrics() {
    assertThat(values("sales(share: [ALL], order_by: [{orders__share: DESC}]) { order__country orders__share orders }"))
        .startsWith("[[\"DE\",0.5,3],[\"FR\",0.3333333333333333,2],");
    assertThat(values("sales(share: [order__country], having: {orders__share: {gt: 0.4}}) { order__country orders }"))
        .isEqualTo("[[\"DE\",3]]");
    assertThat(values("sales(running: metric_time, order_by: [{metric_time: ASC}]) { metric_time(grain: MONTH) orders orders__running }"))
        .isEqualTo("[[\"2026-01-01\",2,2],[\"2026-02-01\",3,5],[\"2026-03-01\",1,6]]");
  }

  @Test
  void theBiggestChangesComeFirst() {
    assertThat(values("""
        sales(compare: "1 month", having: {orders__change: {gte: 1}}, order_by: [{orders__change: DESC}]) {
          metric_time(grain: MONTH) orders orders__change }""")).startsWith("[[\"2026-02-01").endsWith("\",3,1]]");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|',
      value = {"totals: [order__country]|order__country orders|\"totals\": [\"order__country\"]",
          "totals: [ALL]|metric_time(grain: MONTH) order__country orders revenue|\"totals\": [\"*\"]",
          "top: {item: order__country, n: 1}, share: [ALL]|order__country orders revenue|\"top\": {\"item\": \"order__country\", \"n\": 1}, \"share\": [\"*\"]",
          "running: metric_time, share: [order__country]|metric_time(grain: MONTH) order__country orders|\"running\": \"metric_time__month\", \"share\": [\"order__country\"]"})
  void theRowsAreThoseOfTheHttpDoor(String arguments, String fields, String body) {
    List<String> asked = new ArrayList<>(List.of(fields.replace("metric_time(grain: MONTH)", "metric_time__month").split(" ")));
    List<String> metrics = asked.stream().filter(name -> name.matches("orders|revenue")).toList();
    asked.removeAll(metrics);
    JsonNode http = client
        .rows("{\"metrics\": " + GraphqlClient.json(metrics) + ", \"group_by\": " + GraphqlClient.json(asked) + ", " + body + "}");
    List<List<JsonNode>> rows = new ArrayList<>();
    http.forEach(row -> {
      List<JsonNode> values = new ArrayList<>();
      row.elements().forEachRemaining(value -> {
        if (!value.isBoolean() && values.size() < asked.size() + metrics.size()) {
          values.add(value);
        }
      });
      rows.add(values);
    });
    JsonNode typed = GraphqlClient.tree(values("sales(" + arguments + ") { " + fields + " }"));
    assertThat(typed).extracting(JsonNode::toString)
        .containsExactlyInAnyOrderElementsOf(rows.stream().map(GraphqlClient::json).toList());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|',
      value = {"sales { orders__share }|asks for it, such as share: [ALL]",
          "sales { metric_time orders__running }|running: metric_time",
          "sales { order__country__is_total orders }|totals: [order__country]",
          "sales(totals: [metric_time]) { metric_time order__country__is_total orders }|totals: [order__country]",
          "sales(top: {item: order__country, n: 1, others: false}) { order__country__is_others orders }|top: {item: order__country, n: 5}",
          "sales(order_by: [{orders__change: DESC}]) { orders }|compare: \"1 year\"",
          "sales(totals: [order__country]) { orders }|which is not selected; select it",
          "sales(top: {item: metric_time, n: 1}) { metric_time orders }|does not choose among times",
          "sales(running: order__country) { order__country orders }|run along a time",
          "sales(top: {item: order__country, n: 0}) { order__country orders }|must be 1 or more"})
  void whatCannotBeAddedSaysWhy(String field, String why) {
    JsonNode error = client.ask("{ " + field + " }").at("/errors/0");
    assertThat(error.get("message").asText()).contains(why);
    assertThat(error.at("/extensions/code").asText()).isIn("INVALID_REQUEST", "INVALID_LIMIT");
    assertThat(error.at("/path/0").asText()).isEqualTo("sales");
  }
}
