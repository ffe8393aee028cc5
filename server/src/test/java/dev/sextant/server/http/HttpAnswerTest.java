// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.MetricQuery.Mode;
import dev.sextant.server.testing.RunningDoor;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HttpAnswerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static RunningDoor door;

  @BeforeAll
  static void open() {
    door = new RunningDoor();
  }

  @AfterAll
  static void close() {
    door.close();
  }

  @Test
  void jsonHasColumnsRowsAndMeta() throws Exception {
    door.answerRows(3);
    HttpResponse<String> response = door.post("/v1/query", "{\"metrics\": [\"value\"]}");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
    JsonNode answer = JSON.readTree(response.body());
    assertThat(answer.get("columns").toString()).isEqualTo("[{\"name\":\"id\",\"type\":\"bigint\",\"role\":\"group_by\"},"
        + "{\"name\":\"name\",\"type\":\"string\",\"role\":\"group_by\",\"label\":\"The \\\"name\\\"\"},"
        + "{\"name\":\"value\",\"type\":\"double\",\"role\":\"metric\"}]");
    assertThat(answer.get("rows").toString()).isEqualTo("[[0,\"name 0\",0.0],[1,\"name 1\",0.25],[2,\"name 2\",0.5]]");
    JsonNode meta = answer.get("meta");
    assertThat(meta.get("query_id").asText()).isEqualTo(response.headers().firstValue("sextant-query-id").orElseThrow());
    assertThat(meta.get("row_count").asInt()).isEqualTo(3);
    assertThat(meta.get("sql").asText()).isEqualTo("select \"id\" from t");
    assertThat(meta.get("warehouse").asText()).isEqualTo("main");
    assertThat(meta.get("cache").asText()).isEqualTo("miss");
    assertThat(meta.get("age_ms").isNumber()).isTrue();
    assertThat(meta.get("timings").toString()).isEqualTo("{\"plan\":1.5,\"execute\":20.042}");
  }

  @Test
  void smallAnswersTellTheirLengthAndLargeOnesStream() {
    door.answerRows(3);
    assertThat(door.post("/v1/query", "{}").headers().firstValue("content-length")).isPresent();
    door.answerRows(100_000);
    assertThat(door.post("/v1/query", "{}").headers().firstValue("transfer-encoding")).hasValue("chunked");
  }

  @Test
  void csvHasAHeaderLine() {
    door.answerRows(2);
    HttpResponse<String> response = door.query("text/csv", "{}");
    assertThat(response.headers().firstValue("content-type").orElseThrow()).startsWith("text/csv;").contains("utf-8");
    assertThat(response.body()).isEqualTo("id,name,value\n0,name 0,0.0\n1,name 1,0.25\n");
  }

  @Test
  void ndjsonHasAnObjectPerRow() {
    door.answerRows(2);
    HttpResponse<String> response = door.query("application/x-ndjson", "{}");
    assertThat(response.headers().firstValue("content-type")).hasValue("application/x-ndjson");
    assertThat(response.body()).isEqualTo(
        "{\"id\":0,\"name\":\"name 0\",\"value\":0.0}\n{\"id\":1,\"name\":\"name 1\",\"value\":0.25}\n");
  }

  @Test
  void arrowKeepsVectorsUnderTheNamesOfTheAnswer() throws Exception {
    door.answerRows(5_000);
    HttpResponse<byte[]> response = door.client()
        .send(door.request("/v1/query")
            .header("Accept", "application/vnd.apache.arrow.stream")
            .POST(BodyPublishers.ofString("{}"))
            .build(), BodyHandlers.ofByteArray());
    assertThat(response.headers().firstValue("content-type")).hasValue("application/vnd.apache.arrow.stream");
    List<Long> ids = new ArrayList<>();
    try (ArrowStreamReader reader = new ArrowStreamReader(new ByteArrayInputStream(response.body()), door.allocator())) {
      var schema = reader.getVectorSchemaRoot().getSchema();
      assertThat(schema.getFields()).extracting("name").containsExactly("id", "name", "value");
      assertThat(schema.findField("name").getMetadata()).containsEntry("sextant.label", "The \"name\"");
      while (reader.loadNextBatch()) {
        BigIntVector vector = (BigIntVector) reader.getVectorSchemaRoot().getVector("id");
        for (int i = 0; i < vector.getValueCount(); i++) {
          ids.add(vector.get(i));
        }
      }
    }
    assertThat(ids).hasSize(5_000).startsWith(0L).endsWith(4_999L);
    assertThat(response.body()).endsWith(-1, -1, -1, -1, 0, 0, 0, 0);
  }

  @Test
  void anEmptyAnswerIsWholeInEveryFormat() {
    door.answerRows(0);
    assertThat(door.post("/v1/query", "{}").body()).contains("\"rows\":[],").contains("\"row_count\":0");
    assertThat(door.query("text/csv", "{}").body()).isEqualTo("id,name,value\n");
    assertThat(door.query("application/x-ndjson", "{}").body()).isEmpty();
  }

  @Test
  void formatsAreChosenByWeight() {
    door.answerRows(1);
    assertThat(format("text/csv;q=0.5, application/x-ndjson;q=0.9")).isEqualTo("application/x-ndjson");
    assertThat(format("text/html, text/*;q=0.1")).startsWith("text/csv");
    assertThat(format("application/*, text/csv;q=0.9")).isEqualTo("application/json");
    assertThat(format("*/*")).isEqualTo("application/json");
    assertThat(format(";;,")).isEqualTo("application/json");
    assertThat(format("text/csv;q=nonsense;header=present")).startsWith("text/csv");
    assertThat(format("application/jsonl")).isEqualTo("application/x-ndjson");
    assertThat(door.query("text/html", "{}").statusCode()).isEqualTo(406);
    assertThat(door.query("text/html, application/json;q=0", "{}").statusCode()).isEqualTo(406);
  }

  private static String format(String accept) {
    return door.query(accept, "{}").headers().firstValue("content-type").orElseThrow();
  }

  @Test
  void numbersAreStringsWhenAskedFor() {
    door.answerRows(2);
    assertThat(door.post("/v1/query?numbers=string", "{}").body()).contains("[\"1\",\"name 1\",0.25]");
    assertThat(door.post("/v1/query?numbers=text", "{}").statusCode()).isEqualTo(400);
  }

  @Test
  void answersAreCompressedOnlyWhenAskedFor() throws Exception {
    door.answerRows(50_000);
    HttpResponse<InputStream> plain = door.client()
        .send(
            door.request("/v1/query").POST(BodyPublishers.ofString("{}")).build(), BodyHandlers.ofInputStream());
    HttpResponse<InputStream> packed = door.client()
        .send(
            door.request("/v1/query").header("Accept-Encoding", "gzip").POST(BodyPublishers.ofString("{}")).build(),
            BodyHandlers.ofInputStream());
    assertThat(plain.headers().firstValue("content-encoding")).isEmpty();
    assertThat(packed.headers().firstValue("content-encoding")).hasValue("gzip");
    JsonNode expected = JSON.readTree(plain.body());
    JsonNode unpacked = JSON.readTree(new GZIPInputStream(packed.body()));
    assertThat(unpacked.get("rows")).isEqualTo(expected.get("rows"));
  }

  @Test
  void requestsReachTheEngineInFull() {
    door.answerRows(1);
    HttpResponse<String> response = door.post("/v1/query",
        """
        {"metrics": ["revenue", {"name": "orders", "alias": "n"}], "group_by": ["metric_time__month"], "where": "a = 1",
         "having": ["n > 2"], "order_by": ["-n", "metric_time__month"], "limit": 5, "offset": 10,
         "time_range": {"start": "2026-01-01", "end": "2026-06-30"}, "time_zone": "Europe/Berlin", "fill": true,
         "compare": {"offset": "1 year"}, "saved_query": null, "distinct": false, "max_age": "5m", "cache": "refresh", "rollups": "off"}""");
    assertThat(response.statusCode()).isEqualTo(200);
    MetricQuery asked = door.engine().lastAsked();
    assertThat(asked.metrics()).extracting(MetricQuery.Item::name).containsExactly("revenue", "orders");
    assertThat(asked.metrics().get(1).alias()).hasValue("n");
    assertThat(asked.where()).containsExactly("a = 1");
    assertThat(asked.orderBy()).containsExactly("-n", "metric_time__month");
    assertThat(asked.limit()).isEqualTo(OptionalLong.of(5));
    assertThat(asked.offset()).isEqualTo(OptionalLong.of(10));
    assertThat(asked.timeRange()).hasValue(new MetricQuery.TimeRange("2026-01-01", "2026-06-30"));
    assertThat(asked.timeZone()).hasValue("Europe/Berlin");
    assertThat(asked.extras()).isEqualTo(new MetricQuery.Extras(true, java.util.Optional.of("1 year"), List.of()));
    assertThat(asked.mode()).isEqualTo(Mode.ALL_ROWS);
    assertThat(asked.options()).isEqualTo(
        new MetricQuery.Options(java.util.Optional.of("5m"), MetricQuery.CacheUse.REFRESH, MetricQuery.RollupUse.OFF));
    assertThat(asked.savedQuery()).isEmpty();
  }

  @Test
  void aMillionRowsPassThroughLittleMemory() throws Exception {
    door.answerRows(1_000_000);
    HttpResponse<InputStream> response = door.client()
        .send(
            door.request("/v1/query").header("Accept", "text/csv").POST(BodyPublishers.ofString("{}")).build(),
            BodyHandlers.ofInputStream());
    long lines = 0;
    long most = 0;
    byte[] part = new byte[64 << 10];
    try (InputStream in = response.body()) {
      for (int read = in.read(part); read >= 0; read = in.read(part)) {
        most = Math.max(most, door.allocator().getAllocatedMemory());
        for (int i = 0; i < read; i++) {
          lines += part[i] == '\n' ? 1 : 0;
        }
      }
    }
    assertThat(lines).isEqualTo(1_000_001);
    assertThat(most).isLessThan(1 << 20);
  }
}
