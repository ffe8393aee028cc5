// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.clients;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import net.hydromatic.quidem.Quidem;
import org.apache.calcite.adapter.jdbc.JdbcSchema;
import org.apache.calcite.jdbc.CalciteConnection;
import org.jdbi.v3.core.Jdbi;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import schemacrawler.schema.Catalog;
import schemacrawler.schema.Table;
import schemacrawler.schemacrawler.LoadOptionsBuilder;
import schemacrawler.schemacrawler.SchemaCrawlerOptions;
import schemacrawler.schemacrawler.SchemaCrawlerOptionsBuilder;
import schemacrawler.schemacrawler.SchemaInfoLevelBuilder;
import schemacrawler.tools.utility.SchemaCrawlerUtility;
import sqlline.SqlLine;
import us.fatehi.utility.datasource.DatabaseConnectionSources;

import static org.assertj.core.api.Assertions.assertThat;

/** Other people's programs over our driver, with a spy between them: nothing they call throws, of metadata or otherwise. */
class ProgramsTest {
  private static final SpyingDriver SPY = new SpyingDriver();
  private static final String BY_COUNTRY = "select customer_country, measure(revenue) as revenue from sales where customer_country = ? group by 1";

  private static String url;

  @BeforeAll
  static void register() throws SQLException {
    url = RetailServer.url();
    DriverManager.registerDriver(SPY);
  }

  @AfterAll
  static void deregister() throws SQLException {
    DriverManager.deregisterDriver(SPY);
  }

  @AfterEach
  void noCallThrew() {
    assertThat(SPY.failures()).isEmpty();
  }

  private static BigDecimal revenue(String country) throws SQLException {
    try (Connection connection = RetailServer.connect(); Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(BY_COUNTRY.replace("?", "'" + country + "'"))) {
      assertThat(rows.next()).isTrue();
      return rows.getBigDecimal(2);
    }
  }

  @Test
  void sqlLineListsAndAsks() throws IOException, SQLException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SqlLine line = new SqlLine();
    line.setOutputStream(out);
    line.setErrorStream(out);
    SqlLine.Status status = line.begin(
        new String[] {"-u", SPY.spied(url), "-n", "somebody", "-p", "", "--outputformat=csv", "-e", "!tables",
            "-e", "!columns sales", "-e", "!primarykeys sales", "-e", "!importedkeys sales", "-e", "!indexes sales", "-e",
            "!metadata getTypeInfo",
            "-e", "select customer_country, measure(revenue) as revenue from sales where customer_country = 'DE' group by 1;", "-e",
            "!dbinfo"},
        null, false);
    String text = out.toString(StandardCharsets.UTF_8);
    assertThat(status).as(text).isEqualTo(SqlLine.Status.OK);
    assertThat(text)
        .contains("'sales','TABLE'", "'revenue'", "'customer_country','revenue'", "'DE','" + revenue("DE").toPlainString() + "'")
        .doesNotContain("Exception");
  }

  @Test
  void schemaCrawlerFindsTablesColumnsAndKeys() {
    SchemaCrawlerOptions options = SchemaCrawlerOptionsBuilder.newSchemaCrawlerOptions()
        .withLoadOptions(LoadOptionsBuilder.builder().withSchemaInfoLevel(SchemaInfoLevelBuilder.maximum()).toOptions());
    Catalog catalog = SchemaCrawlerUtility.getCatalog(DatabaseConnectionSources.fromDataSource(SPY.dataSource(url)), options);
    Table sales = catalog.getTables().stream().filter(table -> table.getName().equals("sales")).findFirst().orElseThrow();
    assertThat(sales.getColumns()).anyMatch(column -> column.getName().equals("revenue") && column.getRemarks().startsWith("measure"));
    Table customers = catalog.getTables().stream().filter(table -> table.getName().equals("customers")).findFirst().orElseThrow();
    assertThat(customers.getPrimaryKey().getConstrainedColumns()).extracting(column -> column.getName()).containsExactly("customer");
    assertThat(catalog.getTables()).anyMatch(table -> table.getImportedForeignKeys()
        .stream()
        .anyMatch(key -> key.getReferencedTable().equals(customers)));
  }

  @Test
  void hikariPoolsConnections() throws SQLException {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(SPY.spied(url));
    config.setMaximumPoolSize(2);
    config.setReadOnly(true);
    config.setTransactionIsolation("TRANSACTION_NONE");
    try (HikariDataSource pool = new HikariDataSource(config)) {
      for (int i = 0; i < 5; i++) {
        try (Connection connection = pool.getConnection(); Statement statement = connection.createStatement();
            ResultSet rows = statement.executeQuery("select 1")) {
          assertThat(rows.next()).isTrue();
          assertThat(connection.isValid(10)).isTrue();
        }
      }
      assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
    }
  }

  @Test
  void jdbiBindsByName() throws SQLException {
    List<Map<String, Object>> rows = Jdbi.create(SPY.dataSource(url))
        .withHandle(handle -> handle.createQuery(BY_COUNTRY.replace("?", ":country")).bind("country", "DE").mapToMap().list());
    assertThat(rows).singleElement().extracting(row -> row.get("revenue")).isEqualTo(revenue("DE"));
  }

  @Test
  void springsTemplateAsks() throws SQLException {
    JdbcTemplate template = new JdbcTemplate(SPY.dataSource(url));
    template.setFetchSize(10);
    template.setMaxRows(5);
    template.setQueryTimeout(30);
    assertThat(template.queryForList(BY_COUNTRY, "DE")).singleElement().extracting(row -> row.get("revenue")).isEqualTo(revenue("DE"));
    assertThat(template.queryForObject("select count(*) from customers", Long.class)).isPositive();
  }

  @Test
  void jooqReadsMetadataAndAsks() throws SQLException {
    try (Connection connection = SPY.dataSource(url).getConnection()) {
      DSLContext jooq = DSL.using(connection, SQLDialect.DEFAULT);
      org.jooq.Table<?> sales = jooq.meta().getTables("sales").stream().findFirst().orElseThrow();
      assertThat(Objects.requireNonNull(sales.field("revenue")).getType()).isEqualTo(BigDecimal.class);
      assertThat(jooq.meta().getPrimaryKeys()).isNotEmpty();
      assertThat(jooq.fetch(BY_COUNTRY, "DE").getValue(0, "revenue")).isEqualTo(revenue("DE"));
      assertThat(jooq.select(DSL.field("customer_country"), DSL.sum(DSL.field("revenue", BigDecimal.class)))
          .from("sales")
          .where(DSL.field("customer_country").eq("DE"))
          .groupBy(DSL.field("customer_country"))
          .fetch()
          .getValue(0, 1)).isEqualTo(revenue("DE"));
    }
  }

  @Test
  void calcitesAdapterPushesItsSqlDown() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:calcite:", new Properties())) {
      CalciteConnection calcite = connection.unwrap(CalciteConnection.class);
      calcite.getRootSchema()
          .add("shop", JdbcSchema.create(calcite.getRootSchema(), "shop", SPY.dataSource(url), null, "public"));
      try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(
          "select \"customer_country\", sum(\"revenue\") as r from \"shop\".\"sales\" where \"customer_country\" in ('DE', 'FR') "
              + "group by \"customer_country\" order by 1")) {
        List<String> found = new ArrayList<>();
        while (rows.next()) {
          found.add(rows.getString(1) + " " + rows.getBigDecimal(2).stripTrailingZeros().toPlainString());
        }
        assertThat(found).containsExactly("DE " + revenue("DE").stripTrailingZeros().toPlainString(),
            "FR " + revenue("FR").stripTrailingZeros().toPlainString());
      }
      // What Calcite would do by itself after reading all rows is no use to anybody.
      assertThat(SPY.statements().getLast()).contains("SUM(", "GROUP BY", "ORDER BY", "'DE'");
    }
  }

  @Test
  void quidemsScriptHolds() {
    String script = """
        !use retail
        !set outputformat mysql
        select 1 as one, 'text' as a_text, cast(null as date) as nothing;
        +-----+--------+---------+
        | one | a_text | nothing |
        +-----+--------+---------+
        |   1 | text   |         |
        +-----+--------+---------+
        (1 row)

        !ok
        select count(*) > 0 as many from customers;
        +------+
        | many |
        +------+
        | true |
        +------+
        (1 row)

        !ok
        """;
    StringWriter out = new StringWriter();
    new Quidem(Quidem.configBuilder().withReader(new StringReader(script)).withWriter(out).withConnectionFactory((name, reference) -> {
      assertThat(name).isEqualTo("retail");
      return SPY.connect(SPY.spied(url), new Properties());
    }).build()).execute();
    assertThat(out.toString()).isEqualTo(script);
  }

  @Test
  void everythingMetadataMayBeAskedIsAnswered() throws Exception {
    try (Connection connection = SPY.dataSource(url).getConnection()) {
      for (Method method : DatabaseMetaData.class.getMethods()) {
        if (method.getDeclaringClass() == DatabaseMetaData.class) {
          read(method.invoke(connection.getMetaData(), arguments(method)));
        }
      }
    }
    assertThat(SPY.metadataCalls()).isGreaterThan(150);
  }

  private static void read(Object answer) throws SQLException {
    if (answer instanceof ResultSet rows) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        for (int i = 1; i <= columns; i++) {
          rows.getObject(i);
        }
      }
      rows.close();
    }
  }

  /** Nothing in particular, but the table where there is one. */
  private static @Nullable Object[] arguments(Method method) {
    @Nullable Object[] arguments = new Object[method.getParameterCount()];
    for (int i = 0; i < arguments.length; i++) {
      Class<?> type = method.getParameterTypes()[i];
      arguments[i] = type == int.class ? 1 : type == boolean.class ? false : type == String.class && i % 3 == 2 ? "sales" : null;
    }
    return arguments;
  }
}
