// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.server.testing.SmallProject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What is selected of a table is the question. */
class TableQueriesTest {
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

  @Test
  void selectedDimensionsAreTheGroupBy() {
    assertThat(client.data("{ sales(order_by: [{revenue: DESC}]) { order__country revenue orders } }").toString()).isEqualTo(
        "{\"sales\":[{\"order__country\":\"FR\",\"revenue\":105.00,\"orders\":2},{\"order__country\":\"DE\",\"revenue\":31.50,\"orders\":3},"
            + "{\"order__country\":null,\"revenue\":7.25,\"orders\":1}]}");
    assertThat(client.data("{ sales { revenue } }").toString()).isEqualTo("{\"sales\":[{\"revenue\":143.75}]}");
    assertThat(client.data("{ sales(order_by: {order__country: ASC}) { order__country } }").at("/sales")).hasSize(3);
  }

  @Test
  void aTimeIsAskedInAnyGrainAndInSeveralAtOnce() {
    JsonNode rows = client.data("""
        { sales(order_by: [{metric_time: ASC}]) { month: metric_time(grain: MONTH) revenue } }""").get("sales");
    assertThat(rows.toString()).isEqualTo("""
        [{"month":"2026-01-01","revenue":30.50},{"month":"2026-02-01","revenue":13.25},{"month":"2026-03-01","revenue":100.00}]""");
    assertThat(client.data("{ sales { m: metric_time(grain: MONTH) d: metric_time(grain: DAY) orders } }").get("sales")).hasSize(6)
        .allSatisfy(row -> assertThat(row.get("d").asText()).startsWith(row.get("m").asText().substring(0, 7)));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|',
      value = {"{order__country: {eq: \"DE\"}}|3", "{order__country: {neq: \"DE\"}}|2", "{order__country: {in: [\"DE\", \"FR\"]}}|5",
          "{order__country: {not_in: [\"DE\"]}}|2", "{order__country: {is_null: true}}|1", "{order__country: {is_null: false}}|5",
          "{order__country: {like: \"D%\"}}|3", "{order__country: {ilike: \"d%\"}}|3", "{order__country: {not_like: \"D%\"}}|2",
          "{order__country: {gt: \"DE\"}}|2", "{order__country: {gte: \"DE\", lte: \"DE\"}}|3",
          "{order__country: {between: [\"A\", \"E\"]}}|3",
          "{order__country: {in: []}}|0", "{or: [{order__country: {eq: \"FR\"}}, {order__country: {is_null: true}}]}|3",
          "{and: [{order__country: {eq: \"FR\"}}, {metric_time: {gte: \"2026-03-01\"}}]}|1", "{not: {order__country: {eq: \"FR\"}}}|3",
          "{metric_time: {gte: \"2026-02-01\", lt: \"2026-03-01\"}}|3", "{metric_time: {grain: MONTH, eq: \"2026-02-01\"}}|3",
          "{metric_time: {between: [\"2026-01-20\", \"2026-02-01\"]}}|2",
          "[{order__country: {eq: \"DE\"}}, {metric_time: {lt: \"2026-02-01\"}}]|2",
          "{order__country: {eq: \"it's; -- {{ x }}\"}}|0", "{or: []}|0", "{and: []}|6", "{}|6"})
  void rowsAreFiltered(String where, int orders) {
    JsonNode rows = client.data("{ sales(where: " + where + ") { orders } }").get("sales");
    assertThat(rows.isEmpty() ? 0 : rows.get(0).get("orders").asInt()).isEqualTo(orders);
  }

  @Test
  void theResultIsFilteredOrderedAndCut() {
    assertThat(client.data("{ sales(having: {revenue: {gt: 10}}, order_by: {revenue: ASC}) { order__country revenue } }").at("/sales"))
        .extracting(row -> row.get("order__country").asText())
        .containsExactly("DE", "FR");
    assertThat(
        client.data("{ sales(order_by: {revenue: DESC}, limit: 1, offset: 1) { order__country } }").at("/sales/0/order__country").asText())
            .isEqualTo("DE");
    assertThat(client.data("""
        { sales(time_range: {start: "2026-01-01", end: "2026-01-31"}, time_zone: "UTC") { orders } }""").at("/sales/0/orders").asInt())
        .isEqualTo(2);
  }

  @Test
  void variablesFragmentsAndDirectivesWork() {
    JsonNode answer = client.ask("""
        query Q($where: [SalesWhere!], $deep: Boolean = false) {
          one: sales(where: $where) { ...parts }
          two: sales { ...parts @include(if: $deep) orders }
        }
        fragment parts on Sales { country: order__country revenue }""", Map.of("where", Map.of("order__country", Map.of("eq", "FR"))));
    assertThat(answer.toString())
        .isEqualTo("{\"data\":{\"one\":[{\"country\":\"FR\",\"revenue\":105.00}],\"two\":[{\"orders\":6}]}}");
  }

  @Test
  void datasetsWithMetricsAreTablesToo() {
    assertThat(
        client.data("{ orders(order_by: {order__country: DESC}, limit: 1) { order__country average_order_value } views { name kind } }")
            .at("/views")).extracting(view -> view.get("name").asText() + " " + view.get("kind").asText())
                .contains("sales view", "orders dataset");
  }

  @Test
  void anyQuestionCanBeAskedGenerically() {
    JsonNode answer = client.data("""
        { query(input: {metrics: ["revenue", "orders"], group_by: ["metric_time__month"], where: ["order__country = 'DE'"],
            order_by: ["-revenue"], limit: 2}) { columns { name type role } rows row_count query_id sql warehouse } }""").get("query");
    assertThat(answer.get("rows").toString()).isEqualTo("[[\"2026-01-01\",30.50,2],[\"2026-02-01\",1.00,1]]");
    assertThat(answer.get("columns")).extracting(column -> column.get("name").asText())
        .containsExactly("metric_time__month", "revenue",
            "orders");
    assertThat(answer.get("sql").asText()).containsIgnoringCase("select");
    assertThat(client.data("{ query(input: {saved_query: \"by_country\"}) { rows } }").at("/query/rows")).hasSize(3);
  }

  @Test
  void fieldsOverTheSameRowsShareOneQuery() {
    long before = queries();
    JsonNode data = client.data("""
        { a: sales(order_by: {order__country: ASC}) { order__country revenue } b: sales(order_by: {order__country: ASC}) { order__country orders }
          c: sales(order_by: {order__country: ASC}) { orders order__country revenue } other: sales { orders }
          ratio: orders(order_by: {order__country: ASC}) { order__country average_order_value } }""");
    assertThat(data.at("/ratio/1").toString()).isEqualTo("{\"order__country\":\"FR\",\"average_order_value\":52.5}");
    assertThat(data.at("/a/0").toString()).isEqualTo("{\"order__country\":\"DE\",\"revenue\":31.50}");
    assertThat(data.at("/b/1").toString()).isEqualTo("{\"order__country\":\"FR\",\"orders\":2}");
    assertThat(data.at("/other/0/orders").asInt()).isEqualTo(6);
    assertThat(queries() - before - 1).isEqualTo(2);
  }

  /** How many queries the server has run, this one included. */
  private static long queries() {
    String id = client.data("{ query(input: {metrics: [\"revenue\"]}) { query_id } }").at("/query/query_id").asText();
    return Long.parseLong(id.substring(id.lastIndexOf('-') + 1));
  }

  @Test
  void aMistakeOfOneFieldLeavesTheOthers() {
    JsonNode answer = client.ask(
        """
        { good: sales { orders } bad: query(input: {metrics: ["revenu"]}) { rows } late: sales(order_by: {order__country: ASC}) { orders } }""");
    assertThat(answer.at("/data/good/0/orders").asInt()).isEqualTo(6);
    assertThat(answer.at("/data/bad").isNull()).isTrue();
    JsonNode error = answer.at("/errors")
        .findParents("message")
        .stream()
        .filter(one -> one.at("/path/0").asText().equals("bad"))
        .findFirst()
        .orElseThrow();
    assertThat(error.at("/extensions/code").asText()).isEqualTo("UNKNOWN_METRIC");
    assertThat(error.at("/extensions/classification").asText()).isEqualTo("BAD_REQUEST");
    assertThat(error.at("/extensions/suggestions").toString()).isEqualTo("[\"revenue\"]");
    assertThat(error.at("/locations/0/line").asInt()).isEqualTo(1);
    assertThat(answer.at("/errors").toString()).contains("INVALID_ORDER_BY").contains("selecting it would change the groups");
  }

  @Test
  void filterMistakesSayWhatToWrite() {
    assertThat(client.ask("{ sales(where: {order__country: {eq: null}}) { orders } }").toString()).contains("INVALID_FILTER")
        .contains("is_null");
    assertThat(client.ask("{ sales(where: {order__country: {between: [\"A\"]}}) { orders } }").toString()).contains("exactly two values");
    assertThat(client.ask("{ sales(where: {metric_time: {eq: \"yesterday\"}}) { orders } }").toString())
        .contains("is not of type DateTime");
    assertThat(client.ask("{ sales { revenu } }").toString()).contains("Did you mean 'revenue'?").contains("GRAPHQL_VALIDATION");
    assertThat(client.ask("{ sales { __typename } }").toString()).contains("EMPTY_QUERY");
    assertThat(client.ask("{ sales(limit: -1) { orders } }").toString()).contains("INVALID_LIMIT");
    assertThat(client.ask("{ sales { metric_time(grain: HOUR) orders } }").toString()).contains("INVALID_GRAIN");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|',
      value = {"{ sales(wher: {}) { orders } }|sales: Unknown field argument 'wher'. Did you mean 'where'?",
          "{ sales { metric_time(grai: DAY) } }|sales/metric_time: Unknown field argument 'grai'. Did you mean 'grain'?",
          "{ sale { orders } }|sale: Field 'sale' in type 'Query' is undefined. Did you mean 'sales'?",
          "{ sales(order_by: [{order: ASC}]) { orders } }|sales: argument 'order_by[0]' has no field 'order'. Did you mean 'orders'?",
          "{ sales(order_by: [{orders: ASC, revenue: ASC}]) { orders } }|sales: An object of a list such as 'order_by' has one field; write [{a: ASC}, {b: DESC}].",
          "{ sales(order_by: [{orders: UP}]) { orders } }|sales: argument 'order_by[0].orders' is not one of ASC, DESC: 'UP'",
          "{ sales(where: [{order__country: {equal: 1}}]) { orders } }|sales: argument 'where[0].order__country' has no field 'equal', only eq, neq, in, not_in, gt, gte, lt, lte, between, like, not_like, ilike, is_null",
          "{ sales(where: [{order__country: {eq: 1}}]) { orders } }|sales: argument 'where[0].order__country.eq' is not of type String: '1'",
          "{ sales(where: [{order__country: \"DE\"}]) { orders } }|sales: argument 'where[0].order__country' must be an object type",
          "{ sales(top: {n: 3}) { orders } }|sales: argument 'top' is missing required fields '[item]'",
          "{ sales(limit: 99999999999) { orders } }|sales: argument 'limit' is not of type Int: '99999999999'",
          "{ sales(limit: [{a: [1]}]) { orders } }|sales: argument 'limit' is not of type Int",
          "{ sales(time_range: {start: \"x\", end: \"y\"}) { orders } }|sales: argument 'time_range.start' is not of type DateTime: 'x'"})
  void mistakesInADocumentAreToldInWords(String query, String message) {
    assertThat(client.ask(query).at("/errors/0/message").asText()).isEqualTo(message);
  }

  @Test
  void theCatalogTellsWhatCanBeAsked() {
    JsonNode data = client.data("""
        { metrics(search: "money") { name kind description label dimensions(search: "country") { name kind values } lineage { metric measure dataset } }
          dimensions(metrics: ["revenue"]) { name kind grains } dimension_values(dimension: "order__country", search: "e", limit: 5)
          saved_queries { name metrics group_by } lineage(metric: "average_order_value") { metric inputs { metric expr source columns } }
          views { field columns { field of role type grains } } model { name version since } }""");
    assertThat(data.at("/metrics/0/name").asText()).isEqualTo("revenue");
    assertThat(data.at("/metrics/0/dimensions/0/values").toString()).isEqualTo("[\"DE\",\"FR\",null]");
    assertThat(data.at("/dimension_values").toString()).isEqualTo("[\"DE\"]");
    assertThat(data.at("/dimensions")).extracting(item -> item.get("name").asText())
        .contains("order", "order__country", "order__ordered_at");
    assertThat(data.at("/lineage/inputs/0").toString())
        .isEqualTo("{\"metric\":\"revenue\",\"expr\":\"sum(amount)\",\"source\":\"orders\",\"columns\":[\"amount\"]}");
    assertThat(data.at("/lineage/inputs")).hasSize(2);
    assertThat(data.at("/model/name").asText()).isEqualTo("small");
    assertThat(client.ask("{ lineage(metric: \"revenu\") { metric } }").toString()).contains("UNKNOWN_METRIC");
  }

  @Test
  void rowsAreThoseOfTheHttpDoor() {
    JsonNode graphql = client
        .data(
            "{ sales(order_by: [{metric_time: ASC}, {order__country: ASC}]) { metric_time(grain: MONTH) order__country revenue orders } }")
        .get("sales");
    JsonNode http = client.rows("{\"metrics\": [\"revenue\", \"orders\"], \"group_by\": [\"metric_time__month\", \"order__country\"], "
        + "\"order_by\": [\"metric_time__month\", \"order__country\"]}");
    assertThat(graphql).hasSameSizeAs(http);
    for (int i = 0; i < http.size(); i++) {
      JsonNode row = graphql.get(i);
      assertThat(GraphqlClient
          .json(java.util.Arrays.asList(row.get("metric_time"), row.get("order__country"), row.get("revenue"), row.get("orders"))))
              .isEqualTo(http.get(i).toString());
    }
  }

  @Test
  void partsOfATimeAreNumbersToGroupBy() {
    assertThat(
        client.data("{ sales(order_by: [{orders: DESC}]) { month: metric_time__extract(part: MONTH) orders } }").at("/sales").toString())
            .isEqualTo("[{\"month\":2,\"orders\":3},{\"month\":1,\"orders\":2},{\"month\":3,\"orders\":1}]");
  }

  @Test
  void timesAreOrderedInEveryGrainAndPartTheyAreSelectedIn() {
    assertThat(client.data("""
        { sales(order_by: [{metric_time__extract: DESC}]) { part: metric_time__extract(part: MONTH) orders } }""").get("sales").toString())
        .isEqualTo("[{\"part\":3,\"orders\":1},{\"part\":2,\"orders\":3},{\"part\":1,\"orders\":2}]");
    assertThat(client.data("""
        { sales(order_by: [{metric_time: DESC}]) { m: metric_time(grain: MONTH) d: metric_time orders } }""").get("sales"))
        .extracting(row -> row.get("d").asText())
        .containsExactly("2026-03-01", "2026-02-03", "2026-02-02", "2026-02-01", "2026-01-20", "2026-01-05");
    assertThat(
        client.ask("{ sales(order_by: [{metric_time__extract: ASC}]) { metric_time orders } }").at("/errors/0/extensions/code").asText())
            .isEqualTo("INVALID_ORDER_BY");
  }

  @Test
  void aMetricIsComparedWithAnEarlierTime() {
    assertThat(client.data("""
        { sales(compare: "1 month", order_by: [{metric_time: ASC}]) { metric_time(grain: MONTH) orders orders__previous orders__change
          orders__change_share } }""").at("/sales/1").toString()).startsWith("{\"metric_time\":\"2026-02-01")
        .endsWith(",\"orders\":3,\"orders__previous\":2,\"orders__change\":1,\"orders__change_share\":0.5}");
    assertThat(client.data("{ sales(compare: \"1 month\") { metric_time(grain: MONTH) before: revenue__previous } }").at("/sales"))
        .isNotEmpty();
    assertThat(client.data("""
        { sales(compare: "1 month", order_by: [{metric_time: ASC}]) { metric_time(grain: MONTH) revenue orders revenue__previous
          orders__previous } }""").at("/sales/1").toString()).startsWith("{\"metric_time\":\"2026-02-01")
        .endsWith(",\"revenue\":13.25,\"orders\":3,\"revenue__previous\":30.50,\"orders__previous\":2}");
    assertThat(client.ask("{ sales { orders__previous } }").at("/errors/0/message").asText()).contains("argument 'compare'");
  }
}
