// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.engine;

import dev.sextant.model.DataType;
import dev.sextant.model.SemanticModel;
import dev.sextant.query.Caller;
import dev.sextant.query.RollupCatalog;
import dev.sextant.query.SqlParameter;
import dev.sextant.query.SqlQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A statement asked again is not parsed and planned again, and never shared where it might mean something else. */
class SqlCompilerTest {
  private static final String SETTINGS = """
      name: shop
      warehouses:
        shop:
          type: duckdb
          path: ":memory:"
          init:
            - create table orders as select * from (values (1, 'DE', 100), (2, 'FR', 50)) t(order_id, country, amount)
      """;
  private static final String MODELS = """
      semantic_models:
        - name: orders
          table: orders
          entities:
            - {name: order, type: primary, expr: order_id}
          dimensions:
            - {name: country, type: categorical}
          measures:
            - {name: revenue, agg: sum, expr: amount, create_metric: true}
      access_policies:
        - {name: own_countries, roles: [team], rows: "order__country in (caller('countries'))"}
      """;
  private static final String ASKED = "select sum(revenue) from orders where order__country = ? and revenue > ?";

  @TempDir Path folder;
  private ServedProject project;
  private SqlCompiler compiler;

  @BeforeEach
  void open() throws IOException {
    project = ServedProject.open(folder, SETTINGS, MODELS);
    CachedSchemas schemas = new CachedSchemas(project.warehouses());
    compiler = new SqlCompiler(project.warehouses(), schemas,
        new Rollups(RollupCatalog.EMPTY, InstantSource.system(), schemas, project.warehouses()));
  }

  @AfterEach
  void close() {
    project.close();
  }

  private SqlCompiler.Compiled compiled(String sql, SemanticModel model, Caller caller, SqlParameter... values) {
    return compiler.compile(new SqlQuery(sql, List.of(values), OptionalLong.empty(), SqlQuery.of(sql).options()), model, caller);
  }

  private static SqlParameter text(String value) {
    return new SqlParameter(DataType.STRING, value);
  }

  private static SqlParameter number(String value) {
    return new SqlParameter(DataType.BIGINT, value);
  }

  private static Caller of(String country) {
    return new Caller("eva", List.of("team"), Map.of("countries", List.of(country)));
  }

  @Test
  void otherValuesAndOtherSpacesAreTheSamePlan() {
    SemanticModel model = project.model();
    SqlCompiler.Compiled first = compiled(ASKED, model, Caller.ANONYMOUS, text("DE"), number("1"));
    assertThat(compiled(ASKED.replace(" ", "\n "), model, Caller.ANONYMOUS, text("FR"), number("-2")).sql()).isSameAs(first.sql());
    assertThat(compiled(ASKED, model, of("DE"), text("DE"), number("1")).sql()).isNotSameAs(first.sql());
    assertThat(compiled(ASKED, model, Caller.ANONYMOUS, text("DE"), text("1")).sql()).isNotSameAs(first.sql());
    assertThat(compiled(ASKED.replace("sum(revenue)", "sum('revenue' || ' ')".replace("sum", "max")), model, Caller.ANONYMOUS, text("DE"),
        number("1")).sql()).isNotSameAs(first.sql());
  }

  @Test
  void callersShareAPlanOnlyWithTheSameRights() {
    SemanticModel model = project.model();
    SqlCompiler.Compiled german = compiled(ASKED, model, of("DE"), text("DE"), number("1"));
    assertThat(compiled(ASKED, model, new Caller("tom", List.of("team"), Map.of("countries", List.of("DE"))), text("x"), number("2")).sql())
        .isSameAs(german.sql());
    SqlCompiler.Compiled french = compiled(ASKED, model, of("FR"), text("DE"), number("1"));
    assertThat(String.join("", german.sql().texts())).contains("'DE'").doesNotContain("'FR'");
    assertThat(String.join("", french.sql().texts())).contains("'FR'").doesNotContain("'DE'");
  }

  @Test
  void laterModelsArePlannedAnew() throws IOException {
    SqlCompiler.Compiled before = compiled(ASKED, project.model(), Caller.ANONYMOUS, text("DE"), number("1"));
    try (ServedProject later = ServedProject.open(folder, SETTINGS, MODELS.replace("expr: amount", "expr: amount * 2"))) {
      SqlCompiler.Compiled after = compiled(ASKED, later.model(), Caller.ANONYMOUS, text("DE"), number("1"));
      assertThat(String.join("", after.sql().texts())).contains("* 2").isNotEqualTo(String.join("", before.sql().texts()));
    }
  }

  @Test
  void valuesThatDecideThePlanAreNotExchanged() {
    SemanticModel model = project.model();
    String sql = "select replace(order__country, ?, 'x') from orders";
    SqlCompiler.Compiled first = compiled(sql, model, Caller.ANONYMOUS, text("D"));
    assertThat(compiled(sql, model, Caller.ANONYMOUS, text("D")).sql()).isSameAs(first.sql());
    assertThat(String.join("", compiled(sql, model, Caller.ANONYMOUS, text("E")).sql().texts())).contains("'E'");
  }
}
