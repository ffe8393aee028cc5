// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.boot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sextant.server.testing.SmallProject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Questions as nobody should ask them, to a whole server: each answer says what is wrong and what to do, and none is the server's fault. */
class BadQuestionsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  @TempDir private static Path folder;
  private static SextantServer server;

  @BeforeAll
  static void start() throws IOException {
    server = SextantServer.start(SmallProject.write(folder), new LinkedHashMap<>(),
        config -> config.withHost("127.0.0.1").withHttpPort(0).withFlightPort(0));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpRequest.Builder at(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.httpPort() + path));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private static void refused(HttpResponse<String> response, int status, String code, String phrase) throws IOException {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status).isBetween(400, 499);
    JsonNode error = JSON.readTree(response.body()).get("error");
    assertThat(error.get("code").asText()).as(response.body()).isEqualTo(code);
    assertThat(error.get("message").asText()).contains(phrase).doesNotContain("Exception", "dev.sextant", "`");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      {"metrics": ["revenu"]}                                                        | UNKNOWN_METRIC     | Did you mean 'revenue'?
      {"metrics": ["xyzzy"]}                                                         | UNKNOWN_METRIC     | Known are revenue, orders, average_order_value.
      {"metrics": ["order__country"]}                                                | UNKNOWN_METRIC     | It is something to group by.
      {"metrics": []}                                                                | EMPTY_QUERY        | name at least one
      {"metrics": {"name": "revenue"}}                                               | INVALID_REQUEST    | must be a list of names, not an object
      {"metrics": ["revenue", "revenue"]}                                            | DUPLICATE_NAME     | is asked for twice
      {"metrics": [{"name": "revenue", "alias": "x"}, {"name": "orders", "alias": "X"}]} | DUPLICATE_NAME | differ in case only
      {"metrics": [{"name": "revenue", "alias": ""}]}                                | INVALID_REQUEST    | the alias of 'revenue' is empty
      {"metrics": [{"name": "revenue", "alias": "\\u0000"}]}                         | INVALID_REQUEST    | control characters
      {"metrics": ["revenue", {"name": "orders", "alias": "revenue__previous"}], "compare": "1 day", "group_by": ["metric_time"]} | DUPLICATE_NAME | 'revenue__previous'
      {"metrics": ["revenue"], "group_by": ["order__contry"]}                        | UNKNOWN_GROUP_BY   | Did you mean 'order__country'?
      {"metrics": ["revenue"], "group_by": ["xyzzy"]}                                | UNKNOWN_GROUP_BY   | Known are order, order__ordered_at, order__country.
      {"metrics": ["revenue"], "group_by": ["orders"]}                               | UNKNOWN_GROUP_BY   | 'orders' is not defined.
      {"metrics": ["revenue"], "group_by": ["metric_time__hour"]}                    | INVALID_GRAIN      | Ask for 'metric_time__day' or coarser.
      {"metrics": ["revenue"], "group_by": ["metric_time__fortnight"]}               | INVALID_GRAIN      | Known are
      {"metrics": ["revenue"], "group_by": ["order__country__month"]}                | INVALID_GRAIN      | is not a time dimension
      {"metrics": ["revenue"], "group_by": ["order__country", "order__country"]}     | DUPLICATE_NAME     | is asked for twice
      {"metrics": ["revenue"], "group_by": ["Dimension("]}                           | INVALID_EXPRESSION | expected a quoted name
      {"metrics": ["revenue"], "where": ["order__country = 5"]}                      | TYPE_MISMATCH      | compares string with integer
      {"metrics": ["revenue"], "where": ["order__country = \\"DE\\""]}               | UNKNOWN_GROUP_BY   | Text stands in single quotes: 'DE'.
      {"metrics": ["revenue"], "where": ["order__country__month = 'x'"]}             | INVALID_GRAIN      | is not a time dimension
      {"metrics": ["revenue"], "where": ["{{ TimeDimension('order__country', 'month') }} = 'x'"]} | INVALID_GRAIN | is not a time dimension
      {"metrics": ["revenue"], "where": ["order__country = '\\u0000'"]}              | INVALID_EXPRESSION | U+0000
      {"metrics": ["revenue"], "where": ["order__country = "]}                       | INVALID_EXPRESSION | ends here
      {"metrics": ["revenue"], "where": ["order__country = 'a'; drop table orders"]} | INVALID_EXPRESSION | unexpected character ';'
      {"metrics": ["revenue"], "where": ["order__country"]}                          | TYPE_MISMATCH      | must be true or false
      {"metrics": ["revenue"], "where": ["revenue > 5"]}                             | INVALID_FILTER     | Use having: revenue > 5.
      {"metrics": ["revenue"], "where": ["sum(order) > 5"]}                          | INVALID_FILTER     | use having
      {"metrics": ["revenue"], "where": ["pg_sleep(9) is null"]}                     | INVALID_FILTER     | is not known in conditions
      {"metrics": ["revenue"], "where": ["upper(5) = 'A'"]}                          | TYPE_MISMATCH      | needs a text where it has a value of type integer
      {"metrics": ["revenue"], "where": ["sqrt(order__country) = 1"]}                | TYPE_MISMATCH      | needs a number where it has a value of type string
      {"metrics": ["revenue"], "where": ["length() = 1"]}                            | TYPE_MISMATCH      | 'length' takes 1 argument, not 0.
      {"metrics": ["revenue"], "where": ["nullif(1) = 1"]}                           | TYPE_MISMATCH      | 'nullif' takes 2 arguments, not 1.
      {"metrics": ["revenue"], "where": ["coalesce() = 1"]}                          | TYPE_MISMATCH      | 'coalesce' takes 1 or more arguments, not 0.
      {"metrics": ["revenue"], "where": ["round(1.5, order__country) = 1"]}          | TYPE_MISMATCH      | Cast one of them.
      {"metrics": ["revenue"], "where": ["date_trunc('fortnight', metric_time) = '2026-01-01'"]} | TYPE_MISMATCH | names no unit of time
      {"metrics": ["revenue"], "where": ["extract(foo from metric_time) = 1"]}       | TYPE_MISMATCH      | names no unit of time
      {"metrics": ["revenue"], "where": ["interval '1 day' > 5"]}                    | TYPE_MISMATCH      | compares
      {"metrics": ["revenue"], "where": ["metric_time > current_date - interval '99999999999 day'"]} | INVALID_EXPRESSION | at most 10000 years
      {"metrics": ["revenue"], "where": ["cast(order__country as integer) > 1"]}     | DATA_ERROR         | 'DE'
      {"metrics": ["revenue"], "where": ["metric_time >= '2025-02-30'"]}             | INVALID_TIME_RANGE | '2025-02-30' is not a date or time
      {"metrics": ["revenue"], "where": ["metric_time >= date '2025-02-30'"]}        | INVALID_EXPRESSION | a date is written '2026-01-31'
      {"metrics": ["revenue"], "where": ["{{ Metric('orders', group_by=[]) }} > 1"]} | INVALID_FILTER     | exactly one entity
      {"metrics": ["revenue"], "having": ["orders > 1"]}                             | INVALID_FILTER     | Having sees: revenue.
      {"metrics": ["revenue"], "having": ["revenue > NaN"]}                          | INVALID_FILTER     | 'NaN' in having is not a column
      {"metrics": ["revenue"], "having": ["revenue = 'x'"]}                          | TYPE_MISMATCH      | with string
      {"metrics": ["revenue"], "having": ["revenue > 9223372036854775807 + 1"]}      | DATA_ERROR         | Overflow
      {"metrics": ["revenue"], "order_by": ["xyzzy"]}                                | INVALID_ORDER_BY   | It has: revenue.
      {"metrics": ["revenue"], "limit": -1}                                          | INVALID_LIMIT      | 0 or more, not -1
      {"metrics": ["revenue"], "limit": 99999999999999999999}                        | INVALID_LIMIT      | 0 or more, not 99999999999999999999
      {"metrics": ["revenue"], "limit": NaN}                                         | INVALID_JSON       | Non-standard token 'NaN'.
      {"metrics": ["revenue"], "time_range": {"start": "2025-02-30", "end": "2025-03-01"}} | INVALID_TIME_RANGE | '2025-02-30' is not a date or time
      {"metrics": ["revenue"], "time_range": {"start": "2026-03-01", "end": "2026-02-01"}} | INVALID_TIME_RANGE | before it starts
      {"metrics": ["revenue"], "time_range": {"start": "2026-03-01"}}                | INVALID_REQUEST    | needs both a 'start' and an 'end'
      {"metrics": ["revenue"], "time_range": {"start": "0000-01-01", "end": "2026-02-01"}} | INVALID_TIME_RANGE | the years 1 to 9999
      {"metrics": ["revenue"], "group_by": ["metric_time__day"], "fill": true, "time_range": {"start": "0001-01-01", "end": "9999-12-31"}} | INVALID_TIME_RANGE | a coarser grain or a shorter range
      {"metrics": ["revenue"], "time_zone": "Mars/Olympus"}                          | INVALID_TIME_ZONE  | such as Europe/Berlin
      {"metrics": ["revenue"], "fill": true}                                         | TIME_REQUIRED      | fill needs exactly one group-by item that is a time
      {"metrics": ["revenue"], "compare": {}}                                        | INVALID_REQUEST    | needs an 'offset'
      {"metrics": ["revenue"], "compare": "99999999999 months", "group_by": ["metric_time"]} | INVALID_REQUEST | such as '1 year'
      {"metrics": ["revenue"], "compare": "999999999 years", "group_by": ["metric_time"]} | INVALID_REQUEST | such as '1 year'
      {"metrics": ["revenue"], "compare": "0 days", "group_by": ["metric_time"]}     | INVALID_REQUEST    | such as '1 year'
      {"metrics": ["revenue"], "compare": "1 month"}                                 | TIME_REQUIRED      | metric_time
      {"metrics": ["revenue"], "top": {"item": "order__country", "n": 0}, "group_by": ["order__country"]} | INVALID_LIMIT | must be 1 or more
      {"metrics": ["revenue"], "share": ["x"], "group_by": ["order__country"]}       | INVALID_REQUEST    | It has: order__country.
      {"metrics": ["average_order_value"], "min_max_only": true}                     | INVALID_REQUEST    | exactly one group-by item and no metrics
      {"metrics": ["revenue"], "timeout": "soon"}                                    | INVALID_REQUEST    | such as 500ms
      {'metrics': ['revenue']}                                                       | INVALID_JSON       | The body is not JSON
      ["revenue"]                                                                    | INVALID_REQUEST    | A request is a JSON object
      """)
  void badQueriesAreTheAskersMistakes(String body, String code, String phrase) throws Exception {
    refused(send(at("/v1/query").POST(BodyPublishers.ofString(body))), 400, code, phrase);
    refused(send(at("/v1/query?q=" + URLEncoder.encode(body, StandardCharsets.UTF_8))), 400, code, phrase);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      /v1/query   | Accept           | application/pdf                 | {}                             | 406 | NOT_ACCEPTABLE    | text/csv
      /v1/query   | Content-Type     | application/json; charset=latin1 | {}                            | 415 | UNSUPPORTED_MEDIA_TYPE | UTF-8
      /v1/query   | Sextant-Timeout  | never                           | {}                             | 400 | INVALID_PARAMETER | such as 500ms
      /v1/query   | Sextant-Query-Id | a b                             | {}                             | 400 | INVALID_PARAMETER | A query id has 1 to 64
      /v1/query   | Accept           | */*                             | {"saved_query": "xyzzy"}       | 404 | UNKNOWN_SAVED_QUERY | Known are by_country.
      /v1/sql     | Accept           | */*                             | {"sql": "select '\\u0000'"}    | 400 | INVALID_SQL       | U+0000
      /v1/sql     | Accept           | */*                             | {"sql": "select ?", "parameters": ["\\u0000"]} | 400 | INVALID_SQL | U+0000
      /v1/sql     | Accept           | */*                             | {"sql": "drop table orders"}   | 422 | UNSUPPORTED       | read-only
      /v1/explain | Accept           | */*                             | {"metrics": ["revenu"]}        | 400 | UNKNOWN_METRIC    | Did you mean 'revenue'?
      /v1/runs    | Accept           | */*                             | {"kind": "rollup", "name": "x"} | 404 | UNKNOWN_ACTIVATION | 'x' is not defined
      """)
  void soAreBadHeadersAndOtherRoutes(String path, String header, String value, String body, int status, String code, String phrase)
      throws Exception {
    refused(send(at(path).header(header, value).POST(BodyPublishers.ofString(body))), status, code, phrase);
  }

  @Test
  void sizeAloneIsNoMistake() throws Exception {
    String many = "order__country = 'DE' and ".repeat(5_000) + "true";
    assertThat(send(at("/v1/query").header("Accept", "text/csv")
        .POST(BodyPublishers.ofString("{\"metrics\": [\"orders\"], \"where\": [\"" + many + "\"]}"))).body()).isEqualTo("orders\n3\n");
    String deep = "(".repeat(5_000) + "true" + ")".repeat(5_000);
    refused(send(at("/v1/query").POST(BodyPublishers.ofString("{\"metrics\": [\"orders\"], \"where\": [\"" + deep + "\"]}"))), 400,
        "INVALID_EXPRESSION", "more than 250 levels deep");
  }

  /** Times that people and BI tools write for "no end". */
  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      "time_range": {"start": "0001-01-01", "end": "9999-12-31"}                                   | 6
      "where": ["metric_time <= '9999-12-31'"]                                                     | 6
      "where": ["metric_time between '0001-01-01' and '9999-12-31'"]                               | 6
      "where": ["metric_time > '9999-12-31'"]                                                      | 0
      "where": ["metric_time__year <= '9999-12-31'"]                                               | 6
      "where": ["mod(order, 0) = 1"]                                                               | 0
      "where": ["1 / 0 = 1 or order = 1"]                                                          | 1
      """)
  void theLastDayAndDivisionByZeroAreAnswered(String condition, int orders) throws Exception {
    HttpResponse<String> response = send(at("/v1/query").header("Accept", "text/csv")
        .POST(BodyPublishers.ofString("{\"metrics\": [\"orders\"], " + condition + "}")));
    assertThat(response.body()).isEqualTo("orders\n" + orders + "\n");
  }
}
