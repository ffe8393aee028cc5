// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.flight;

import dev.sextant.query.ArrowBatches;
import dev.sextant.query.Caller;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryResult;
import dev.sextant.query.SqlQuery;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A table whose columns change between the announcement of an answer and its rows. */
class ChangedColumnsTest {
  private static final String PIECES = "SELECT sale__pieces FROM sales ORDER BY sale";

  @ParameterizedTest
  @ValueSource(strings = {"http: 0", "http: 0\ncache: {max_age: 1h}"})
  void anAnswerHasTheColumnsThatWereToldOrIsAnError(String settings, @TempDir Path folder) throws Exception {
    try (FlightUnderTest flight = FlightUnderTest.open(folder, settings); FlightSqlClient client = flight.client()) {
      FlightUnderTest.ask(client, PIECES);
      FlightInfo told = client.execute(PIECES);
      FlightSqlClient.PreparedStatement prepared = client.prepare(PIECES);
      change(flight);
      flight.project().cache().orElseThrow().changed(List.of("sales"));
      refused(() -> FlightUnderTest.read(client, told));
      refused(() -> FlightUnderTest.read(client, told));
      refused(() -> FlightUnderTest.read(client, prepared.execute()));
      FlightInfo anew = client.execute(PIECES);
      FlightUnderTest.Answer answer = FlightUnderTest.read(client, anew);
      assertThat(type(anew.getSchemaOptional().orElseThrow())).isEqualTo(ArrowType.Utf8.INSTANCE);
      assertThat(type(answer.schema())).isEqualTo(ArrowType.Utf8.INSTANCE);
      assertThat(answer.rows().getFirst()).containsExactly("p1");
      prepared.close();
    }
  }

  @Test
  void aKeptAnswerWithoutTheToldColumnsIsMadeAnew(@TempDir Path folder) throws Exception {
    try (FlightUnderTest flight = FlightUnderTest.open(folder, "http: 0\ncache: {max_age: 1h}")) {
      Schema before = columns(flight, MetricQuery.CacheUse.USE, Optional.empty());
      change(flight);
      assertThat(columns(flight, MetricQuery.CacheUse.USE, Optional.empty())).isEqualTo(before);
      Schema now = columns(flight, MetricQuery.CacheUse.OFF, Optional.empty());
      assertThat(now).isNotEqualTo(before);
      assertThat(columns(flight, MetricQuery.CacheUse.USE, Optional.of(WireSchema.print(now)))).isEqualTo(now);
    }
  }

  private static Schema columns(FlightUnderTest flight, MetricQuery.CacheUse use, Optional<String> told) {
    SqlQuery question = new SqlQuery(PIECES, List.of(), OptionalLong.empty(),
        new MetricQuery.Options(Optional.empty(), use, MetricQuery.RollupUse.USE));
    try (QueryResult result = new AnswerAsTold(flight.project().sql(), question, told).run(Caller.ANONYMOUS,
        QueryControl.unlimited("asked"))) {
      return WireSchema.of(result.schema(), result.root().getSchema());
    }
  }

  private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable read) {
    assertThatThrownBy(read).isInstanceOfSatisfying(FlightRuntimeException.class, e -> {
      assertThat(e.status().code()).isEqualTo(FlightStatusCode.UNAVAILABLE);
      assertThat(e).hasMessageContaining("COLUMNS_CHANGED");
    });
  }

  private static ArrowType type(Schema schema) {
    return schema.getFields().getFirst().getType();
  }

  private static void change(FlightUnderTest flight) {
    try (ArrowBatches done = flight.project()
        .warehouses()
        .apply("main")
        .run("alter table sales alter pieces type varchar using 'p' || pieces", QueryControl.unlimited("change"))) {
      while (done.loadNext()) {
        continue;
      }
    }
  }
}
