// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.flight;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sextant.model.SextantException;
import dev.sextant.query.Caller;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryResult;
import dev.sextant.query.SqlQuery;
import dev.sextant.server.error.ErrorTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.vector.FieldVector;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The statements of BI tools answer the same through the door as from the engine. The suite stands beside some checkouts. */
class FlightBiSuiteTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static Optional<Path> suite() {
    String named = System.getenv("SEXTANT_SUITES");
    Stream<Path> places = named != null ? Stream.of(Path.of(named))
        : Stream.iterate(Path.of("").toAbsolutePath(), path -> path != null, Path::getParent).map(path -> path.resolve("shared/suites"));
    return places.map(path -> path.resolve("bi-sql")).filter(Files::isDirectory).findFirst();
  }

  @Test
  void everyStatementOfTheSuiteIsTheSameThroughTheDoor() throws Exception {
    Optional<Path> suite = suite();
    Assumptions.assumeTrue(suite.isPresent(), "there is no folder shared/suites/bi-sql above this one");
    Path folder = suite.orElseThrow();
    int rows = 0;
    int errors = 0;
    try (FlightUnderTest flight = FlightUnderTest.over(folder.resolve("project")); FlightSqlClient client = flight.client()) {
      for (JsonNode question : questions(folder)) {
        String sql = question.get("sql").asText();
        String id = question.get("id").asText();
        boolean ordered = question.get("expect").path("ordered").asBoolean();
        boolean moves = question.get("expect").has("runs");
        List<String> expected = engine(flight, sql, ordered);
        List<String> found = door(client, sql, ordered);
        if (moves && !expected.getFirst().startsWith("error")) {
          assertThat(found).as(id + " " + sql).hasSameSizeAs(expected);
        } else {
          assertThat(found).as(id + " " + sql).isEqualTo(expected);
        }
        rows += expected.getFirst().startsWith("error") ? 0 : 1;
        errors += expected.getFirst().startsWith("error") ? 1 : 0;
      }
    }
    System.out.println("bi-sql through Flight: " + rows + " answers and " + errors + " errors are the engine's");
    assertThat(rows).isGreaterThan(50);
  }

  private static List<JsonNode> questions(Path folder) throws IOException {
    List<JsonNode> all = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("queries.jsonl"))) {
      if (!line.isBlank()) {
        all.add(JSON.readTree(line));
      }
    }
    return all;
  }

  /** Columns, then rows; or the error. */
  private static List<String> engine(FlightUnderTest flight, String sql, boolean ordered) {
    List<String> rows = new ArrayList<>();
    try (QueryResult result = flight.project().sql().run(SqlQuery.of(sql), Caller.ANONYMOUS, QueryControl.unlimited("engine"))) {
      while (result.loadNext()) {
        for (int row = 0; row < result.root().getRowCount(); row++) {
          List<String> cells = new ArrayList<>();
          for (FieldVector vector : result.root().getFieldVectors()) {
            cells.add(vector.isNull(row) ? "null" : Objects.requireNonNull(vector.getObject(row)).toString());
          }
          rows.add(cells.toString());
        }
      }
      return withColumns(result.root().getSchema().getFields().stream().map(field -> field.getName() + " " + field.getType()).toList(),
          rows,
          ordered);
    } catch (SextantException failure) {
      return List.of("error " + failure.issue().code().name() + " " + ErrorTable.row(failure.issue().code()).flight());
    }
  }

  private static List<String> door(FlightSqlClient client, String sql, boolean ordered) throws Exception {
    try {
      FlightUnderTest.Answer answer = FlightUnderTest.ask(client, sql);
      return withColumns(answer.schema().getFields().stream().map(field -> field.getName() + " " + field.getType()).toList(),
          answer.rows().stream().map(List::toString).toList(), ordered);
    } catch (FlightRuntimeException failure) {
      return List.of("error " + failure.status().metadata().get("sextant-code") + " " + failure.status().code());
    }
  }

  private static List<String> withColumns(List<String> columns, List<String> rows, boolean ordered) {
    List<String> all = new ArrayList<>(List.of(columns.toString()));
    all.addAll(ordered ? rows : rows.stream().sorted().toList());
    return all;
  }
}
