// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.flight;

import dev.sextant.server.flight.FlightUnderTest.Answer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.flight.sql.FlightSqlClient.PreparedStatement;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Statements through Arrow's own Flight SQL client. */
class FlightQueryTest {
  @TempDir private Path folder;
  private FlightUnderTest flight;
  private FlightSqlClient client;

  @BeforeEach
  void open() throws Exception {
    flight = FlightUnderTest.open(folder);
    client = flight.client();
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    flight.close();
  }

  private FlightRuntimeException refusal(String sql) {
    return org.junit.jupiter.api.Assertions.assertThrows(FlightRuntimeException.class, () -> FlightUnderTest.ask(client, sql));
  }

  @Test
  void semanticSqlIsAnswered() throws Exception {
    Answer answer = FlightUnderTest.ask(client,
        "SELECT sale__country, MEASURE(revenue) AS money FROM sales GROUP BY 1 ORDER BY 1 NULLS LAST");
    assertThat(answer.rows()).containsExactly(List.of("DE", "31.50"), List.of("FR", "105.00"), List.of("null", "7.25"));
    assertThat(answer.schema().getFields()).extracting(Field::getName).containsExactly("sale__country", "money");
  }

  @Test
  void dbtTemplatesAreAnswered() throws Exception {
    Answer answer = FlightUnderTest.ask(client,
        "select * from {{ semantic_layer.query(metrics=['revenue'], group_by=['metric_time__month'], order_by=['metric_time__month']) }}");
    assertThat(answer.rows()).extracting(List::getLast).containsExactly("30.50", "13.25", "100.00");
  }

  @Test
  void schemasToldAheadAreThoseThatAreStreamed() throws Exception {
    List<String> statements = List.of(
        "SELECT sale__country, MEASURE(revenue), MEASURE(sales_count), MEASURE(average_sale) FROM sales GROUP BY 1",
        "SELECT sale__sold_at, sale__pieces, sale__price FROM sales",
        "SELECT 1 AS one, 'a' AS text, TRUE AS yes, CAST(1.5 AS DECIMAL(5, 2)) AS d, NULL AS n",
        "SELECT table_name FROM information_schema.tables", "EXPLAIN SELECT MEASURE(revenue) FROM sales",
        "SELECT CURRENT_DATE AS today, NOW() AS now");
    for (String sql : statements) {
      FlightInfo info = client.execute(sql);
      assertThat(FlightUnderTest.read(client, info).schema()).as(sql).isEqualTo(info.getSchema());
      assertThat(client.getExecuteSchema(sql).getSchema()).as(sql).isEqualTo(info.getSchema());
      try (PreparedStatement prepared = client.prepare(sql)) {
        assertThat(prepared.getResultSetSchema()).as(sql).isEqualTo(info.getSchema());
        assertThat(FlightUnderTest.read(client, prepared.execute()).schema()).as(sql).isEqualTo(info.getSchema());
      }
    }
  }

  @Test
  void emptyAnswersHaveColumnsAndNoRows() throws Exception {
    Answer answer = FlightUnderTest.ask(client, "SELECT sale__country FROM sales WHERE 1 = 0");
    assertThat(answer.rows()).isEmpty();
    assertThat(answer.schema().getFields()).hasSize(1);
  }

  @Test
  void commandsAnswerNothing() throws Exception {
    assertThat(FlightUnderTest.ask(client, "SET search_path TO public").rows()).isEmpty();
    assertThat(client.executeUpdate("SET search_path TO public")).isZero();
  }

  @Test
  void preparedStatementsTakeValuesAgainAndAgain() throws Exception {
    try (PreparedStatement prepared = client
        .prepare("SELECT MEASURE(revenue) FROM sales WHERE sale__country = ? AND sale__sold_at < ? AND sale__pieces > ?")) {
      assertThat(prepared.getParameterSchema().getFields()).hasSize(3);
      assertThat(revenue(prepared, "DE", LocalDate.of(2026, 2, 1), 0)).isEqualTo("30.50");
      assertThat(revenue(prepared, "DE", LocalDate.of(2026, 2, 1), 1)).isEqualTo("20.00");
      assertThat(revenue(prepared, "FR", LocalDate.of(2030, 1, 1), 0)).isEqualTo("105.00");
    }
  }

  private String revenue(PreparedStatement prepared, String country, LocalDate day, long pieces) throws Exception {
    try (VarCharVector first = new VarCharVector("1", flight.memory()); DateDayVector second = new DateDayVector("2", flight.memory());
        BigIntVector third = new BigIntVector("3", flight.memory())) {
      first.setSafe(0, country.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      second.setSafe(0, (int) day.toEpochDay());
      third.setSafe(0, pieces);
      try (VectorSchemaRoot root = VectorSchemaRoot.of(first, second, third)) {
        root.setRowCount(1);
        prepared.setParameters(root);
        String value = FlightUnderTest.read(client, prepared.execute()).rows().getFirst().getFirst();
        prepared.clearParameters();
        return value;
      }
    }
  }

  @Test
  void statementsWithoutTheirValuesAreRefused() throws Exception {
    try (PreparedStatement prepared = client.prepare("SELECT MEASURE(revenue) FROM sales WHERE sale__country = ?")) {
      assertThatThrownBy(prepared::execute).isInstanceOf(FlightRuntimeException.class).hasMessageContaining("1 parameters and 0 values");
    }
  }

  @Test
  void errorsTellCodePositionAndSuggestion() {
    FlightRuntimeException error = refusal("SELECT SUM(revenu) FROM sales");
    assertThat(error.status().code()).isEqualTo(FlightStatusCode.INVALID_ARGUMENT);
    assertThat(error).hasMessageContaining("1:").hasMessageContaining("revenu").hasMessageContaining("Did you mean 'revenue'?");
    assertThat(error.status().metadata().get("sextant-code")).isIn("UNKNOWN_COLUMN", "UNKNOWN_METRIC");
    assertThat(error.status().metadata().get("sextant-sqlstate")).isEqualTo("42703");
  }

  @Test
  void whatWouldChangeDataIsRefusedAndTheConnectionGoesOn() throws Exception {
    for (String sql : List.of("INSERT INTO sales VALUES (1)", "CREATE TEMP TABLE t (a int)", "SELECT * INTO t FROM sales",
        "DROP TABLE sales")) {
      FlightRuntimeException error = refusal(sql);
      assertThat(error.status().code()).as(sql).isEqualTo(FlightStatusCode.UNIMPLEMENTED);
      assertThat(error.status().metadata().get("sextant-sqlstate")).isEqualTo("0A000");
      assertThatThrownBy(() -> client.executeUpdate(sql)).as(sql)
          .isInstanceOfSatisfying(FlightRuntimeException.class,
              e -> assertThat(e.status().code()).isEqualTo(FlightStatusCode.UNIMPLEMENTED));
    }
    assertThatThrownBy(() -> client.executeUpdate("SELECT 1")).hasMessageContaining("run it as a query");
    assertThat(FlightUnderTest.ask(client, "SELECT 1").rows()).containsExactly(List.of("1"));
  }

  @Test
  void whatIsNoFlightSqlIsRefused() throws Exception {
    try (FlightClient plain = FlightClient.builder(flight.memory(), Location.forGrpcInsecure("localhost", flight.port())).build()) {
      assertThatThrownBy(() -> plain.getInfo(FlightDescriptor.path("sales"))).hasMessageContaining("Flight SQL");
      assertThatThrownBy(() -> plain.getInfo(FlightDescriptor.command(new byte[] {1, 2, 3}))).hasMessageContaining("Flight SQL");
      assertThatThrownBy(() -> {
        try (var stream = plain.getStream(new Ticket(new byte[] {1, 2, 3}))) {
          stream.next();
        }
      }).hasMessageContaining("Flight SQL");
      assertThat(plain.listFlights(org.apache.arrow.flight.Criteria.ALL)).isEmpty();
    }
  }
}
