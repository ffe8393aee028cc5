// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.features;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Stored features over HTTP. */
class FeatureApiTest {
  @TempDir private static Path folder;
  private static FeatureClient client;

  @BeforeAll
  static void start() throws Exception {
    client = new FeatureClient(DriversProject.write(folder, ""));
    client.run("activity");
    client.run("driver_stats");
  }

  @AfterAll
  static void stop() {
    client.close();
  }

  @Test
  void valuesComeWithTheirStatusAndTheInstantTheyAreOf() throws Exception {
    Instant before = Instant.now();
    JsonNode answer = client.features("{\"view\": \"activity\", \"keys\": [{\"driver\": 1}, {\"driver\": 2}, {\"driver\": 77}]}");
    assertThat(answer.path("features").toString()).isEqualTo("[\"trips_7d\",\"fares_30d\",\"name\",\"twice\"]");
    assertThat(answer.at("/rows/0/key").toString()).isEqualTo("{\"driver\":1}");
    assertThat(answer.at("/rows/0/values").toString()).isEqualTo("[2,10.75,\"Ada \\\"the\\\" B\",4]");
    assertThat(answer.at("/rows/0/statuses").toString()).isEqualTo("[\"PRESENT\",\"PRESENT\",\"PRESENT\",\"PRESENT\"]");
    assertThat(Instant.parse(answer.at("/rows/0/as_of").asText())).isBefore(before);
    assertThat(Instant.parse(answer.at("/rows/0/event_time").asText())).isBetween(before.minus(Duration.ofHours(2)), before);
    assertThat(answer.at("/rows/1/values/1").toString()).isEqualTo("\"9007199254740993.00\"");
    assertThat(answer.at("/rows/1/statuses/2").asText()).isEqualTo("NULL");
    assertThat(answer.at("/rows/2").toString()).isEqualTo("{\"key\":{\"driver\":77},\"as_of\":null,\"event_time\":null,"
        + "\"values\":[null,null,null,null],\"statuses\":[\"NOT_FOUND\",\"NOT_FOUND\",\"NOT_FOUND\",\"NOT_FOUND\"]}");
  }

  /** Answers are written in arrays that were used before. */
  @Test
  void answersAtTheSameTimeDoNotMix() throws Exception {
    List<String> questions = List.of("{\"view\": \"activity\", \"keys\": []}", "{\"view\": \"activity\", \"keys\": [{\"driver\": 1}]}",
        "{\"view\": \"activity\", \"keys\": [" + "{\"driver\": 2},".repeat(500) + "{\"driver\": 1}]}");
    List<String> alone = new ArrayList<>();
    for (String question : questions) {
      alone.add(client.features(question).toString());
    }
    try (ExecutorService many = Executors.newFixedThreadPool(6)) {
      List<Future<String>> answers = IntStream.range(0, 120)
          .mapToObj(i -> many.submit(() -> client.features(questions.get(i % questions.size())).toString()))
          .toList();
      for (int i = 0; i < answers.size(); i++) {
        assertThat(answers.get(i).get()).isEqualTo(alone.get(i % questions.size()));
      }
    }
  }

  @Test
  void featuresComeInTheOrderTheyAreAskedFor() throws Exception {
    JsonNode answer = client.features("{\"view\": \"activity\", \"features\": [\"name\", \"trips_7d\"], \"keys\": [{\"driver\": 1}]}");
    assertThat(answer.at("/rows/0/values").toString()).isEqualTo("[\"Ada \\\"the\\\" B\",2]");
  }

  @Test
  void severalViewsAndServicesAreOneRequest() throws Exception {
    JsonNode views = client.features("{\"views\": [\"activity:name\", \"driver_stats\"], \"keys\": [{\"driver\": 1}]}");
    assertThat(views.at("/results/0/rows/0/values").toString()).isEqualTo("[\"Ada \\\"the\\\" B\"]");
    assertThat(views.at("/results/1/rows/0/values").toString()).isEqualTo("[4.5,2]");
    JsonNode service = client.features("{\"service\": \"churn\", \"keys\": [{\"driver\": 1}]}");
    assertThat(service.at("/results/0/features").toString()).isEqualTo("[\"fares_30d\"]");
    assertThat(service.at("/results/1/view").asText()).isEqualTo("driver_stats");
    JsonNode scoring = client.features("{\"service\": \"scoring\", \"keys\": [{\"driver\": 1}]}");
    assertThat(scoring.at("/results/0/features").toString()).isEqualTo("[\"trips_7d\",\"name\"]");
    assertThat(scoring.at("/results/0/rows/0/values").toString()).isEqualTo("[2,\"Ada \\\"the\\\" B\"]");
    assertThat(scoring.at("/results/1/features").toString()).isEqualTo("[\"rating\",\"trips_year\"]");
  }

  @Test
  void compositeKeysNameTheirPartsOrListThem() throws Exception {
    client.run("places");
    JsonNode answer = client.features("{\"view\": \"places\", \"keys\": [{\"place_1\": 1, \"place_2\": 23}, {\"place\": [12, 3]}, "
        + "{\"place\": [123, 0]}]}");
    assertThat(answer.at("/rows/0/values").toString()).isEqualTo("[1]");
    assertThat(answer.at("/rows/1/values").toString()).isEqualTo("[1]");
    assertThat(answer.at("/rows/2/statuses").toString()).isEqualTo("[\"NOT_FOUND\"]");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      {"view": "activty", "keys": []}                                                | 404 UNKNOWN_FEATURE_VIEW: feature view 'activty' is not defined. Did you mean 'activity'?
      {"view": "activity", "features": ["trips7d"], "keys": []}                      | 400 UNKNOWN_FEATURE: feature view 'activity' has no feature 'trips7d'. Did you mean 'trips_7d'?
      {"view": "activity", "keys": [{"driver": "1"}]}                                | 400 INVALID_KEY: 'driver' of feature view 'activity' is of type bigint; found the text '1'.
      {"view": "activity", "keys": [{"driver": "\uFFFD"}]}                            | 400 INVALID_KEY: 'driver' of feature view 'activity' is of type bigint; found the text '\uFFFD'.
      {"view": "activity", "keys": [{"driver": 123456789012345678901234567890}]}     | 400 INVALID_KEY: 'driver' of feature view 'activity' is of type bigint; found 123456789012345678901234567890.
      {"view": "activity", "keys": [{"driver": 1.5}]}                                | 400 INVALID_KEY: 'driver' of feature view 'activity' is of type bigint; found 1.5.
      {"view": "activity", "keys": [{"driver": null}]}                               | 400 INVALID_KEY: A key of feature view 'activity' names [driver], not [driver].
      {"view": "activity", "keys": [{}]}                                             | 400 INVALID_KEY: A key of feature view 'activity' names [driver].
      {"view": "activity", "keys": [{"driver": 1, "trip": 2}]}                       | 400 INVALID_KEY: 'trip' is no part of the key of feature view 'activity', which is [driver].
      {"view": "offline", "keys": [{"driver": 1}]}                                   | 400 NOT_ONLINE: Feature view 'offline' is not stored online; give it online: {store: local}.
      {"view": "activity", "version": "0123", "keys": []}                            | 404 UNKNOWN_FEATURE_VERSION
      {"view": "activity"}                                                           | 400 INVALID_REQUEST: 'keys' is missing.
      {"keys": []}                                                                   | 400 INVALID_REQUEST: A request names exactly one of 'view', 'views' and 'service'.
      {"service": "chrn", "keys": []}                                                | 404 UNKNOWN_FEATURE_VIEW: feature service 'chrn' is not defined; training sets are feature services, too. Did you mean 'churn'?
      {"view": "activity", "keys": [], "max_age": "soon"}                            | 400 INVALID_REQUEST: 'max_age' must be
      """)
  void whatIsWrongIsSaid(String request, String refusal) throws Exception {
    assertThat(client.refusal("/v1/features", request)).startsWith(refusal);
  }

  @Test
  void tooManyKeysAreRefused() throws Exception {
    String keys = IntStream.rangeClosed(0, 10_000).mapToObj(i -> "{\"driver\": " + i + "}").collect(Collectors.joining(","));
    assertThat(client.refusal("/v1/features", "{\"view\": \"activity\", \"keys\": [" + keys + "]}")).startsWith(
        "400 TOO_MANY_KEYS: A request has at most 10000 keys; this one has 10001.");
  }

  private static JsonNode push(String view, String key, Instant at, String features) throws Exception {
    return client.post("/v1/features/push", "{\"view\": \"" + view + "\", \"rows\": [{\"key\": " + key + ", \"event_time\": \"" + at
        + "\", \"features\": " + features + "}]}");
  }

  private static String rating(int driver, String more) throws Exception {
    JsonNode row = client.features("{\"view\": \"driver_stats\", \"features\": [\"rating\"], \"keys\": [{\"driver\": " + driver + "}]"
        + more + "}").at("/rows/0");
    return row.at("/values/0").asText() + " " + row.at("/statuses/0").asText();
  }

  @Test
  void pushedRowsCountUnlessNewerOnesAreThere() throws Exception {
    Instant now = Instant.now();
    assertThat(push("driver_stats", "{\"driver\": 50}", now, "{\"rating\": 1.5, \"trips_year\": 9007199254740993}").toString())
        .isEqualTo("{\"rows\":1,\"stored\":1}");
    assertThat(push("driver_stats", "{\"driver\": 50}", now.minusSeconds(60), "{\"rating\": 2.5, \"trips_year\": null}").toString())
        .isEqualTo("{\"rows\":1,\"stored\":0}");
    assertThat(rating(50, "")).isEqualTo("1.5 PRESENT");
    push("driver_stats", "{\"driver\": 50}", now, "{\"rating\": 3.5, \"trips_year\": null}");
    assertThat(rating(50, "")).isEqualTo("3.5 PRESENT");
    push("driver_stats", "{\"driver\": 50}", now.plusSeconds(1), "{\"rating\": null, \"trips_year\": 1}");
    assertThat(rating(50, "")).isEqualTo("null NULL");
  }

  /** Drivers whose values are ten days to one day old, of which a week is allowed. */
  @Test
  void realNumbersWithoutADigitAreTexts() throws Exception {
    for (String real : List.of("NaN", "Infinity", "-Infinity")) {
      String at = Instant.now().plusSeconds(60).toString();
      client.post("/v1/features/push", "{\"view\": \"driver_stats\", \"rows\": [{\"key\": {\"driver\": 40}, \"event_time\": \"" + at
          + "\", \"features\": {\"rating\": \"" + real + "\", \"trips_year\": 1}}]}");
      JsonNode answer = client.features("{\"view\": \"driver_stats\", \"keys\": [{\"driver\": 40}]}");
      assertThat(answer.at("/rows/0/values").toString()).isEqualTo("[\"" + real + "\",1]");
    }
  }

  @Test
  void valuesThatAreTooOldAreWithheldUnlessTheyAreAskedFor() throws Exception {
    Instant now = Instant.now();
    for (int i = 0; i < 10; i++) {
      push("driver_stats", "{\"driver\": " + (1000 + i) + "}", now.minus(Duration.ofDays(10 - i)),
          "{\"rating\": 0." + i + ", \"trips_year\": " + i * 100 + "}");
    }
    assertThat(rating(1005, "")).isEqualTo("0.5 PRESENT");
    assertThat(rating(1001, "")).isEqualTo("null OUTSIDE_MAX_AGE");
    assertThat(rating(1001, ", \"expired\": true")).isEqualTo("0.1 OUTSIDE_MAX_AGE");
    assertThat(rating(1001, ", \"max_age\": \"720h\"")).isEqualTo("0.1 PRESENT");
    assertThat(rating(1005, ", \"max_age\": \"24h\"")).isEqualTo("null OUTSIDE_MAX_AGE");
    assertThat(rating(-1, "")).isEqualTo("null NOT_FOUND");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      {"key": {"driver": 5}, "event_time": "2026-01-01T00:00:00Z", "features": {"rating": 1}}                      | 400 INVALID_FEATURE_VALUE: The row has no 'trips_year'
      {"key": {"driver": 5}, "event_time": "2026-01-01T00:00:00Z", "features": {"rating": "x", "trips_year": 1}}   | 400 INVALID_FEATURE_VALUE: Feature 'rating' is of type double; found the text 'x'.
      {"key": {"driver": 5}, "event_time": "2026-01-01T00:00:00Z", "features": {"rating": 1, "trips_year": 1.5}}   | 400 INVALID_FEATURE_VALUE: Feature 'trips_year' is of type bigint; found 1.5.
      {"key": {"driver": 5}, "event_time": "2026-01-01T00:00:00Z", "features": {"rating": 1, "trips_year": 1, "z": 1}} | 400 UNKNOWN_FEATURE: feature view 'driver_stats' has no feature 'z'.
      {"key": {"driver": "5"}, "event_time": "2026-01-01T00:00:00Z", "features": {"rating": 1, "trips_year": 1}}   | 400 INVALID_KEY
      {"key": {"driver": 5}, "event_time": "yesterday", "features": {"rating": 1, "trips_year": 1}}                | 400 INVALID_REQUEST: 'event_time' must be an instant
      {"key": {"driver": 5}, "features": {}}                                                                       | 400 INVALID_REQUEST: 'event_time' is missing.
      """)
  void pushedRowsMustBeWhole(String row, String refusal) throws Exception {
    assertThat(client.refusal("/v1/features/push", "{\"view\": \"driver_stats\", \"rows\": [" + row + "]}")).startsWith(refusal);
  }

  @Test
  void feastsClientsAreAnsweredInTheirForm() throws Exception {
    JsonNode answer = client.post("/get-online-features", """
        {"features": ["activity:trips_7d", "driver_stats:rating"], "entities": {"driver": [1, 3, 78]}}""");
    assertThat(answer.at("/metadata/feature_names").toString()).isEqualTo("[\"driver\",\"trips_7d\",\"rating\"]");
    assertThat(answer.at("/results/0").toString()).isEqualTo("{\"values\":[1,3,78],\"statuses\":[\"PRESENT\",\"PRESENT\",\"PRESENT\"],"
        + "\"event_timestamps\":[\"1970-01-01T00:00:00Z\",\"1970-01-01T00:00:00Z\",\"1970-01-01T00:00:00Z\"]}");
    assertThat(answer.at("/results/1/values/0").toString()).isEqualTo("2");
    assertThat(answer.at("/results/2/values").toString()).isEqualTo("[4.5,null,null]");
    assertThat(answer.at("/results/2/statuses").toString()).isEqualTo("[\"PRESENT\",\"NULL_VALUE\",\"NOT_FOUND\"]");
    assertThat(Instant.parse(answer.at("/results/2/event_timestamps/0").asText())).isAfter(Instant.now().minus(Duration.ofHours(1)));
    assertThat(answer.at("/results/2/event_timestamps/2").asText()).isEqualTo("1970-01-01T00:00:00Z");
    JsonNode full = client.post("/get-online-features", """
        {"feature_service": "churn", "entities": {"driver": [1]}, "full_feature_names": true}""");
    assertThat(full.at("/metadata/feature_names").toString())
        .isEqualTo("[\"driver\",\"activity__fares_30d\",\"driver_stats__rating\",\"driver_stats__trips_year\"]");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      {"features": ["activity:trips_7d"], "entities": {"driver": [1], "place": [1, 2]}} | 400 INVALID_REQUEST: All lists of 'entities' must be of the same length.
      {"features": ["activity:trips_7d"]}                                               | 400 INVALID_REQUEST: 'entities' is missing.
      {"entities": {"driver": [1]}}                                                     | 400 INVALID_REQUEST: A request names either 'features' or a 'feature_service'.
      {"features": ["activity:no"], "entities": {"driver": [1]}}                        | 400 UNKNOWN_FEATURE
      {"features": ["activity"], "entities": {"driver": 1}}                             | 400 INVALID_REQUEST: 'driver' must be a list of values.
      {"features": ["activity"], "entities": {"driver": [1]}, "request_context": {"a": 1}} | 400 INVALID_REQUEST: There are no features that are computed from the request
      """)
  void wrongRequestsInFeastsFormAreRefused(String request, String refusal) throws Exception {
    assertThat(client.refusal("/get-online-features", request)).startsWith(refusal);
  }

  @Test
  void aKeyIsExplained() throws Exception {
    push("driver_stats", "{\"driver\": 60}", Instant.now(), "{\"rating\": 1.5, \"trips_year\": 1}");
    JsonNode made = client.post("/v1/features/explain", "{\"view\": \"activity\", \"keys\": [{\"driver\": 1}, {\"driver\": 404}]}");
    assertThat(made.at("/versions/0/served").asBoolean()).isTrue();
    assertThat(made.at("/versions/0/rows/0/origin").asText()).isEqualTo("run");
    assertThat(made.at("/versions/0/rows/0/run/state").asText()).isEqualTo("succeeded");
    assertThat(made.at("/versions/0/rows/0/values/fares_30d/value").toString()).isEqualTo("10.75");
    assertThat(made.at("/versions/0/rows/1").toString()).isEqualTo("{\"found\":false}");
    JsonNode pushed = client.post("/v1/features/explain", "{\"view\": \"driver_stats\", \"keys\": [{\"driver\": 60}]}");
    assertThat(pushed.at("/versions/0/rows/0/origin").asText()).isEqualTo("push");
    assertThat(pushed.at("/versions/0/rows/0/run").isMissingNode()).isTrue();
  }

  @Test
  void theViewsThereAreAreListed() throws Exception {
    String list = client.send("GET", "/v1/features", "").body();
    assertThat(list).contains("\"name\":\"activity\",\"description\":\"What drivers did.\"")
        .contains("\"features\":[\"trips_7d\",\"fares_30d\",\"name\",\"twice\"]")
        .contains("\"served\":true");
  }
}
