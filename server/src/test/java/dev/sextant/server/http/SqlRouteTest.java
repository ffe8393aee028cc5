// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sextant.model.DataType;
import dev.sextant.query.QueryFacts;
import dev.sextant.query.SqlParameter;
import dev.sextant.server.testing.RunningDoor;
import java.io.ByteArrayInputStream;
import java.net.URLDecoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SqlRouteTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static RunningDoor door;

  @BeforeAll
  static void open() {
    door = new RunningDoor();
    door.answerRows(1);
  }

  @AfterAll
  static void close() {
    door.close();
  }

  @Test
  void statementsReachTheEngineWithTheirParameters() throws Exception {
    HttpResponse<String> response = door.post("/v1/sql",
        """
        {"sql": "select ?", "max_rows": 10, "parameters": [null, "a", true, 7, 12.50, 1e3, {"type": "date", "value": "2026-01-31"},
         {"type": "decimal", "value": "-1.250"}, {"type": "TIMESTAMP_TZ", "value": "2026-01-31 00:00:00+00:00"}, {"type": "bigint", "value": null}]}""");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(JSON.readTree(response.body()).get("rows")).hasSize(1);
    assertThat(door.engine().lastStatement().sql()).isEqualTo("select ?");
    assertThat(door.engine().lastStatement().maxRows()).isEqualTo(OptionalLong.of(10));
    assertThat(door.engine().lastStatement().parameters()).containsExactly(SqlParameter.NULL, new SqlParameter(DataType.STRING, "a"),
        new SqlParameter(DataType.BOOLEAN, "true"), new SqlParameter(DataType.BIGINT, "7"),
        new SqlParameter(DataType.decimal(4, 2), "12.50"),
        new SqlParameter(DataType.DOUBLE, "1e3"), new SqlParameter(DataType.DATE, "2026-01-31"),
        new SqlParameter(DataType.decimal(4, 3), "-1.250"),
        new SqlParameter(DataType.TIMESTAMP_TZ, "2026-01-31 00:00:00+00:00"), SqlParameter.NULL);
  }

  @Test
  void whatIsWrongWithARequestIsTold() {
    assertThat(door.post("/v1/sql", "{}").body()).contains("'sql' is missing");
    assertThat(door.post("/v1/sql", "{\"sq\": \"select 1\"}").body()).contains("Did you mean 'sql'?");
    assertThat(door.post("/v1/sql", "{\"sql\": \"x\", \"parameters\": [{\"type\": \"text\"}, [1]]}").body())
        .contains("is one of null, boolean")
        .contains("not a list");
  }

  @Test
  void aPreparedStatementHasColumnsAndParametersAndNoRows() throws Exception {
    JsonNode json = JSON.readTree(door.post("/v1/sql", "{\"sql\": \"select 1\", \"prepare\": true}").body());
    assertThat(json.get("columns")).extracting(column -> column.get("type").asText()).containsExactly("string", "decimal(18, 2)");
    assertThat(json.get("rows")).isEmpty();
    assertThat(json.get("meta").get("parameters").asText()).isEqualTo("bigint;decimal(10, 2)");
    HttpResponse<byte[]> arrow = door.client()
        .send(door.request("/v1/sql")
            .header("Accept", "application/vnd.apache.arrow.stream")
            .POST(BodyPublishers.ofString("{\"sql\": \"select 1\", \"prepare\": true}"))
            .build(), BodyHandlers.ofByteArray());
    try (ArrowStreamReader reader = new ArrowStreamReader(new ByteArrayInputStream(arrow.body()), door.allocator())) {
      Schema schema = reader.getVectorSchemaRoot().getSchema();
      assertThat(schema.getCustomMetadata()).containsEntry("sextant.parameters", "bigint;decimal(10, 2)")
          .containsEntry("sextant.kind", "query");
      assertThat(schema.findField("revenue").getType()).isEqualTo(new ArrowType.Decimal(18, 2, 128));
      assertThat(reader.loadNextBatch()).isFalse();
    }
  }

  @Test
  void warningsStandInAHeader() {
    door.engine().answer((query, control) -> {
      Map<String, String> notes = new LinkedHashMap<>();
      notes.put("warnings", "AVG of a ratio is the ratio\n100 % sure + more: ü");
      return door.rows(control, 1).withFacts(new QueryFacts(control.queryId(), List.of(), new LinkedHashMap<>(), notes));
    });
    String header = door.post("/v1/sql", "{\"sql\": \"select 1\"}").headers().firstValue("sextant-warnings").orElseThrow();
    assertThat(URLDecoder.decode(header.replace("+", "%2B"), StandardCharsets.UTF_8))
        .isEqualTo("AVG of a ratio is the ratio\n100 % sure + more: ü");
    door.answerRows(1);
  }

  @Test
  void explanationsAndValidationsTakeStatementsToo() {
    assertThat(door.post("/v1/explain", "{\"sql\": \"select 42\"}").body()).contains("select 42");
    assertThat(door.post("/v1/validate", "{\"sql\": \"select 42\"}").body()).contains("\"valid\":true");
  }

  @Test
  void everyAnswerTellsTheVersion() {
    assertThat(door.get("/v1/health").headers().firstValue("sextant-version")).isPresent();
  }
}
