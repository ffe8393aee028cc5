// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.sql;

import dev.sextant.conformance.door.ProjectFolders;
import dev.sextant.model.DataType;
import dev.sextant.model.Source;
import dev.sextant.query.ArrowBatches;
import dev.sextant.query.Caller;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryResult;
import dev.sextant.query.RollupCatalog;
import dev.sextant.query.SqlEngine;
import dev.sextant.query.SqlQuery;
import dev.sextant.query.TableColumns;
import dev.sextant.query.Warehouse;
import dev.sextant.query.engine.DefaultSqlEngine;
import dev.sextant.server.boot.OpenProject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Whoever asks for the columns of an answer and then for its rows has the warehouse asked for columns once at most. */
class KnownColumnsTest {
  private static final String ASK = "select order__rating, measure(revenue) as revenue from orders group by 1";

  private final List<String> asked = new ArrayList<>();
  private Instant now = Instant.parse("2026-05-01T00:00:00Z");
  private OpenProject project;
  private SqlEngine engine;

  @BeforeEach
  void open() {
    project = OpenProject.once(ProjectFolders.find("shop"), Map.of(), InstantSource.system());
    engine = new DefaultSqlEngine(() -> project.model().model(), name -> new Listening(project.warehouses().apply(name), asked),
        RollupCatalog.EMPTY, () -> now);
  }

  @AfterEach
  void close() {
    project.close();
  }

  /** Notes what a warehouse is asked. */
  private record Listening(Warehouse inner, List<String> asked) implements Warehouse {
    @Override
    public String name() {
      return inner.name();
    }

    @Override
    public String dialect() {
      return inner.dialect();
    }

    @Override
    public TableColumns describe(Source source) {
      return inner.describe(source);
    }

    @Override
    public ArrowBatches run(String sql, QueryControl control) {
      asked.add(sql);
      return inner.run(sql, control);
    }

    @Override
    public void close() {
      inner.close();
    }
  }

  private List<DataType> columns(OptionalLong maxRows) {
    try (QueryResult result = engine.run(new SqlQuery(ASK, List.of(), maxRows, MetricQuery.Options.DEFAULT), Caller.ANONYMOUS,
        QueryControl.unlimited("columns"))) {
      assertThat(result.facts().statements()).hasSize(1);
      assertThat(result.loadNext()).isEqualTo(maxRows.isEmpty());
      return result.schema().columns().stream().map(column -> column.type()).toList();
    }
  }

  private List<DataType> columns() {
    return columns(OptionalLong.of(0));
  }

  @Test
  void columnsAreAskedForOnce() {
    List<DataType> prepared = engine.prepare(SqlQuery.of(ASK), Caller.ANONYMOUS).schema().columns().stream().map(c -> c.type()).toList();
    assertThat(columns()).isEqualTo(prepared).isEqualTo(columns());
    assertThat(asked).hasSize(1);
    assertThat(columns(OptionalLong.empty())).isEqualTo(prepared);
    assertThat(asked).hasSize(2);
  }

  @Test
  void rowsTellThemToo() {
    assertThat(columns(OptionalLong.empty())).isEqualTo(columns());
    assertThat(asked).hasSize(1);
  }

  @Test
  void aTableThatChangedIsNoticedByItsRowsOrAfterAMinute() {
    List<DataType> before = columns();
    change("varchar");
    assertThat(columns(OptionalLong.empty())).isEqualTo(columns()).isNotEqualTo(before).contains(DataType.STRING);
    change("double");
    assertThat(columns()).contains(DataType.STRING);
    now = now.plusSeconds(61);
    assertThat(columns()).contains(DataType.DOUBLE);
  }

  private void change(String type) {
    try (ArrowBatches done = project.warehouses()
        .apply("main")
        .run("alter table shop.orders alter rating type " + type,
            QueryControl.unlimited("alter"))) {
      assertThat(done.loadNext()).isIn(true, false);
    }
  }
}
