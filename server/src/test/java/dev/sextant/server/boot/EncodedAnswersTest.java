// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.boot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sextant.server.testing.SmallProject;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Answers that are served from bytes. */
class EncodedAnswersTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String QUESTION = "{\"metrics\": [\"revenue\"], \"group_by\": [\"order__country\"], \"order_by\": [\"revenue\"]}";
  /** Long enough to be worth compressing. */
  private static final String LONG = "{\"sql\": \"select order__country, repeat('long ', 400) as long_text, measure(revenue) as revenue"
      + " from sales group by 1, 2 order by 1\"}";

  private static SextantServer server;

  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    SmallProject.write(folder);
    Files.writeString(folder.resolve("sextant.yml"),
        Files.readString(folder.resolve("sextant.yml")) + "cache: {memory: 16MB, max_age: 1h}\n");
    server = SextantServer.start(folder, new LinkedHashMap<>(), config -> config.withHost("127.0.0.1").withHttpPort(0).withFlightPort(0));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void nothingIsKept() throws Exception {
    post("/v1/cache/invalidate", "");
  }

  private HttpResponse<byte[]> post(String path, String body, String... headers) throws Exception {
    return send(HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.ofString(body)), headers);
  }

  private HttpResponse<byte[]> get(String question, String... headers) throws Exception {
    return send(HttpRequest.newBuilder(uri("/v1/query?q=" + URLEncoder.encode(question, StandardCharsets.UTF_8))), headers);
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.httpPort() + path);
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request, String... headers) throws Exception {
    return client.send((headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofByteArray());
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  private static String unzipped(HttpResponse<byte[]> response) throws Exception {
    assertThat(response.headers().firstValue("content-encoding")).hasValue("gzip");
    return new String(new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void whatARequestHasOfItsOwnIsRightInEveryAnswer() throws Exception {
    List<String> ids = new ArrayList<>();
    List<JsonNode> rows = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      HttpResponse<byte[]> response = post("/v1/query", QUESTION, "Sextant-Query-Id", "mine-" + i);
      JsonNode answer = JSON.readTree(response.body());
      ids.add(answer.at("/meta/query_id").asText());
      rows.add(answer.get("rows"));
      assertThat(answer.at("/meta/cache").asText()).isEqualTo(i == 0 ? "miss" : "hit");
      assertThat(answer.at("/meta/row_count").asInt()).isEqualTo(answer.get("rows").size());
      assertThat(answer.at("/meta/sql").asText()).isNotEmpty();
      assertThat(answer.at("/meta/timings").isObject()).isTrue();
    }
    assertThat(ids).containsExactly("mine-0", "mine-1", "mine-2", "mine-3", "mine-4");
    assertThat(rows).allMatch(rows.getFirst()::equals);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/csv", "application/x-ndjson"})
  void everyFormIsTheSameFromBytesAsFromRows(String form) throws Exception {
    String first = text(post("/v1/sql", LONG, "Accept", form));
    assertThat(first.length()).isGreaterThan(1_024);
    for (int i = 0; i < 3; i++) {
      assertThat(text(post("/v1/sql", LONG, "Accept", form))).isEqualTo(first);
      assertThat(unzipped(post("/v1/sql", LONG, "Accept", form, "Accept-Encoding", "gzip"))).isEqualTo(first);
    }
  }

  @Test
  void compressedJsonIsOneWholeMemberWithItsOwnMeta() throws Exception {
    JsonNode first = JSON.readTree(post("/v1/sql", LONG).body());
    for (int i = 0; i < 4; i++) {
      HttpResponse<byte[]> response = post("/v1/sql", LONG, "Accept-Encoding", "gzip", "Sextant-Query-Id", "zipped-" + i);
      JsonNode answer = JSON.readTree(unzipped(response));
      assertThat(answer.get("rows")).isEqualTo(first.get("rows"));
      assertThat(answer.at("/meta/query_id").asText()).isEqualTo("zipped-" + i);
    }
  }

  @Test
  void arrowStreamsTellTheirOwnQueryInFront() throws Exception {
    int expected = JSON.readTree(post("/v1/sql", LONG).body()).get("rows").size();
    assertThat(expected).isPositive();
    for (int i = 1; i < 5; i++) {
      String encoding = i % 2 == 0 ? "identity" : "gzip";
      HttpResponse<byte[]> response = post("/v1/sql", LONG, "Accept", "application/vnd.apache.arrow.stream", "Accept-Encoding", encoding,
          "Sextant-Query-Id", "arrow-" + i);
      ByteArrayInputStream plain = new ByteArrayInputStream(response.body());
      try (RootAllocator memory = new RootAllocator();
          ArrowStreamReader reader = new ArrowStreamReader(i % 2 == 0 ? plain : new GZIPInputStream(plain), memory)) {
        assertThat(reader.getVectorSchemaRoot().getSchema().getCustomMetadata()).containsEntry("sextant.query_id", "arrow-" + i)
            .containsEntry("sextant.cache", "hit");
        int rows = 0;
        while (reader.loadNextBatch()) {
          rows += reader.getVectorSchemaRoot().getRowCount();
        }
        assertThat(rows).isEqualTo(expected);
      }
    }
  }

  @Test
  void numbersThatAreSpelledAnotherWayHaveABodyOfTheirOwn() throws Exception {
    String sql = "{\"sql\": \"select cast(1 as bigint) as one\"}";
    for (int i = 0; i < 3; i++) {
      assertThat(JSON.readTree(post("/v1/sql", sql).body()).at("/rows/0/0").isNumber()).isTrue();
      assertThat(JSON.readTree(post("/v1/sql?numbers=string", sql).body()).at("/rows/0/0").isTextual()).isTrue();
    }
  }

  @Test
  void whoHasTheAnswerIsToldSoUntilItIsAnother() throws Exception {
    HttpResponse<byte[]> first = get(QUESTION);
    String tag = first.headers().firstValue("etag").orElseThrow();
    assertThat(first.headers().firstValue("sextant-cache")).hasValue("miss");
    assertThat(first.headers().firstValue("cache-control")).hasValue("private, no-cache");
    assertThat(first.headers().firstValue("vary").orElseThrow()).contains("Authorization");
    HttpResponse<byte[]> second = get(QUESTION);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.headers().firstValue("etag")).hasValue(tag);
    assertThat(second.headers().firstValue("age")).isPresent();
    HttpResponse<byte[]> same = get(QUESTION, "If-None-Match", "\"other\", " + tag);
    assertThat(same.statusCode()).isEqualTo(304);
    assertThat(same.body()).isEmpty();
    assertThat(get(QUESTION, "If-None-Match", tag, "Accept", "text/csv").statusCode()).isEqualTo(200);
    // Asked anew, the warehouse says the same: the bytes are the same, too.
    post("/v1/cache/invalidate", "");
    assertThat(get(QUESTION, "If-None-Match", tag).statusCode()).isEqualTo(304);
    assertThat(get(QUESTION.replace("}", ", \"limit\": 1}"), "If-None-Match", tag).statusCode()).isEqualTo(200);
  }

  @Test
  void anAnswerThatIsNotKeptIsNotToBeKeptByAnybody() throws Exception {
    HttpResponse<byte[]> response = get(QUESTION.replace("{", "{\"cache\": \"off\", "));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("etag")).isEmpty();
    assertThat(response.headers().firstValue("cache-control")).hasValue("no-store");
    assertThat(text(get("{\"metrics\": 1}"))).contains("INVALID_REQUEST");
    assertThat(text(send(HttpRequest.newBuilder(uri("/v1/query"))))).contains("Parameter 'q' is missing");
  }
}
