// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc;

import dev.sextant.jdbc.testing.FakeCatalog;
import dev.sextant.jdbc.testing.FakeServer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DatabaseMetaDataTest {
  private static FakeServer server;
  private static Connection connection;
  private static DatabaseMetaData metaData;

  @BeforeAll
  static void connect() throws SQLException {
    server = new FakeServer();
    server.answer(new FakeCatalog());
    connection = DriverManager.getConnection(server.url());
    metaData = connection.getMetaData();
  }

  @AfterAll
  static void close() throws SQLException {
    connection.close();
    server.close();
  }

  static Stream<Method> methods() {
    return Arrays.stream(DatabaseMetaData.class.getMethods()).filter(method -> !method.getName().matches("unwrap|isWrapperFor"));
  }

  /** Tools call whatever there is; nothing may be missing, and no text may be null. */
  @ParameterizedTest
  @MethodSource("methods")
  void everyMethodAnswers(Method method) throws Exception {
    @Nullable Object[] arguments = Arrays.stream(method.getParameterTypes()).map(DatabaseMetaDataTest::nothing).toArray();
    Object answer = invoke(method, arguments);
    assertThat(answer).isNotNull();
    if (answer instanceof ResultSet rows) {
      assertThat(rows.getMetaData().getColumnCount()).isPositive();
      while (rows.next()) {
        assertThat(rows.getString(1)).isNotEmpty();
      }
      Statement statement = rows.getStatement();
      rows.close();
      assertThat(statement.isClosed()).isTrue();
    }
  }

  private static @Nullable Object invoke(Method method, @Nullable Object[] arguments) throws Exception {
    try {
      return method.invoke(metaData, arguments);
    } catch (InvocationTargetException thrown) {
      throw new AssertionError(method.toString(), thrown.getCause());
    }
  }

  private static @Nullable Object nothing(Class<?> type) {
    return type.equals(boolean.class) ? (Object) false : type.equals(int.class) ? (Object) 1 : null;
  }

  /** The columns that the documentation of java.sql prescribes. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      getTables | TABLE_CAT TABLE_SCHEM TABLE_NAME TABLE_TYPE REMARKS TYPE_CAT TYPE_SCHEM TYPE_NAME SELF_REFERENCING_COL_NAME REF_GENERATION
      getColumns | TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME DATA_TYPE TYPE_NAME COLUMN_SIZE BUFFER_LENGTH DECIMAL_DIGITS NUM_PREC_RADIX NULLABLE REMARKS COLUMN_DEF SQL_DATA_TYPE SQL_DATETIME_SUB CHAR_OCTET_LENGTH ORDINAL_POSITION IS_NULLABLE SCOPE_CATALOG SCOPE_SCHEMA SCOPE_TABLE SOURCE_DATA_TYPE IS_AUTOINCREMENT IS_GENERATEDCOLUMN
      getCatalogs | TABLE_CAT
      getTableTypes | TABLE_TYPE
      getPrimaryKeys | TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME KEY_SEQ PK_NAME
      getImportedKeys | PKTABLE_CAT PKTABLE_SCHEM PKTABLE_NAME PKCOLUMN_NAME FKTABLE_CAT FKTABLE_SCHEM FKTABLE_NAME FKCOLUMN_NAME KEY_SEQ UPDATE_RULE DELETE_RULE FK_NAME PK_NAME DEFERRABILITY
      getExportedKeys | PKTABLE_CAT PKTABLE_SCHEM PKTABLE_NAME PKCOLUMN_NAME FKTABLE_CAT FKTABLE_SCHEM FKTABLE_NAME FKCOLUMN_NAME KEY_SEQ UPDATE_RULE DELETE_RULE FK_NAME PK_NAME DEFERRABILITY
      getCrossReference | PKTABLE_CAT PKTABLE_SCHEM PKTABLE_NAME PKCOLUMN_NAME FKTABLE_CAT FKTABLE_SCHEM FKTABLE_NAME FKCOLUMN_NAME KEY_SEQ UPDATE_RULE DELETE_RULE FK_NAME PK_NAME DEFERRABILITY
      getTypeInfo | TYPE_NAME DATA_TYPE PRECISION LITERAL_PREFIX LITERAL_SUFFIX CREATE_PARAMS NULLABLE CASE_SENSITIVE SEARCHABLE UNSIGNED_ATTRIBUTE FIXED_PREC_SCALE AUTO_INCREMENT LOCAL_TYPE_NAME MINIMUM_SCALE MAXIMUM_SCALE SQL_DATA_TYPE SQL_DATETIME_SUB NUM_PREC_RADIX
      getIndexInfo | TABLE_CAT TABLE_SCHEM TABLE_NAME NON_UNIQUE INDEX_QUALIFIER INDEX_NAME TYPE ORDINAL_POSITION COLUMN_NAME ASC_OR_DESC CARDINALITY PAGES FILTER_CONDITION
      getProcedures | PROCEDURE_CAT PROCEDURE_SCHEM PROCEDURE_NAME FUTURE_USE1 FUTURE_USE2 FUTURE_USE3 REMARKS PROCEDURE_TYPE SPECIFIC_NAME
      getProcedureColumns | PROCEDURE_CAT PROCEDURE_SCHEM PROCEDURE_NAME COLUMN_NAME COLUMN_TYPE DATA_TYPE TYPE_NAME PRECISION LENGTH SCALE RADIX NULLABLE REMARKS COLUMN_DEF SQL_DATA_TYPE SQL_DATETIME_SUB CHAR_OCTET_LENGTH ORDINAL_POSITION IS_NULLABLE SPECIFIC_NAME
      getColumnPrivileges | TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME GRANTOR GRANTEE PRIVILEGE IS_GRANTABLE
      getTablePrivileges | TABLE_CAT TABLE_SCHEM TABLE_NAME GRANTOR GRANTEE PRIVILEGE IS_GRANTABLE
      getBestRowIdentifier | SCOPE COLUMN_NAME DATA_TYPE TYPE_NAME COLUMN_SIZE BUFFER_LENGTH DECIMAL_DIGITS PSEUDO_COLUMN
      getVersionColumns | SCOPE COLUMN_NAME DATA_TYPE TYPE_NAME COLUMN_SIZE BUFFER_LENGTH DECIMAL_DIGITS PSEUDO_COLUMN
      getUDTs | TYPE_CAT TYPE_SCHEM TYPE_NAME CLASS_NAME DATA_TYPE REMARKS BASE_TYPE
      getSuperTypes | TYPE_CAT TYPE_SCHEM TYPE_NAME SUPERTYPE_CAT SUPERTYPE_SCHEM SUPERTYPE_NAME
      getSuperTables | TABLE_CAT TABLE_SCHEM TABLE_NAME SUPERTABLE_NAME
      getAttributes | TYPE_CAT TYPE_SCHEM TYPE_NAME ATTR_NAME DATA_TYPE ATTR_TYPE_NAME ATTR_SIZE DECIMAL_DIGITS NUM_PREC_RADIX NULLABLE REMARKS ATTR_DEF SQL_DATA_TYPE SQL_DATETIME_SUB CHAR_OCTET_LENGTH ORDINAL_POSITION IS_NULLABLE SCOPE_CATALOG SCOPE_SCHEMA SCOPE_TABLE SOURCE_DATA_TYPE
      getClientInfoProperties | NAME MAX_LEN DEFAULT_VALUE DESCRIPTION
      getFunctions | FUNCTION_CAT FUNCTION_SCHEM FUNCTION_NAME REMARKS FUNCTION_TYPE SPECIFIC_NAME
      getFunctionColumns | FUNCTION_CAT FUNCTION_SCHEM FUNCTION_NAME COLUMN_NAME COLUMN_TYPE DATA_TYPE TYPE_NAME PRECISION LENGTH SCALE RADIX NULLABLE REMARKS CHAR_OCTET_LENGTH ORDINAL_POSITION IS_NULLABLE SPECIFIC_NAME
      getPseudoColumns | TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME DATA_TYPE COLUMN_SIZE DECIMAL_DIGITS NUM_PREC_RADIX COLUMN_USAGE REMARKS CHAR_OCTET_LENGTH IS_NULLABLE
      """)
  void resultsHaveThePrescribedColumns(String name, String columns) throws Exception {
    Method method = methods().filter(each -> each.getName().equals(name)).findFirst().orElseThrow();
    @Nullable Object[] arguments = Arrays.stream(method.getParameterTypes()).map(DatabaseMetaDataTest::nothing).toArray();
    try (ResultSet rows = (ResultSet) java.util.Objects.requireNonNull(invoke(method, arguments))) {
      List<String> names = new ArrayList<>();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        names.add(rows.getMetaData().getColumnLabel(i));
      }
      assertThat(names).containsExactly(columns.split(" "));
    }
  }

  private static List<String> list(ResultSet rows, String... columns) throws SQLException {
    List<String> lines = new ArrayList<>();
    while (rows.next()) {
      List<String> cells = new ArrayList<>();
      for (String column : columns) {
        cells.add(String.valueOf(rows.getObject(column)));
      }
      lines.add(String.join(" ", cells));
    }
    rows.close();
    return lines;
  }

  @Test
  void viewsAreTablesInOrder() throws SQLException {
    assertThat(list(metaData.getTables(null, null, "%", null), "TABLE_SCHEM", "TABLE_NAME", "TABLE_TYPE", "REMARKS")).containsExactly(
        "information_schema tables SYSTEM TABLE ", "public customers TABLE ", "public sales TABLE What was sold");
    assertThat(list(metaData.getTables("shop", "pub%", "s_les", new String[] {"TABLE", "VIEW"}), "TABLE_NAME")).containsExactly("sales");
    assertThat(list(metaData.getTables(null, null, null, new String[] {"VIEW"}), "TABLE_NAME")).isEmpty();
    assertThat(list(metaData.getTables("other", null, null, null), "TABLE_NAME")).isEmpty();
    assertThat(list(metaData.getSchemas(), "TABLE_SCHEM", "TABLE_CATALOG")).containsExactly("information_schema shop", "public shop");
    assertThat(list(metaData.getSchemas("shop", "p%"), "TABLE_SCHEM")).containsExactly("public");
    assertThat(list(metaData.getCatalogs(), "TABLE_CAT")).containsExactly("shop");
    assertThat(list(metaData.getTableTypes(), "TABLE_TYPE")).containsExactly("SYSTEM TABLE", "TABLE");
  }

  @Test
  void measuresAreMarked() throws SQLException {
    assertThat(list(metaData.getColumns(null, "public", "sales", "%"), "COLUMN_NAME", "ORDINAL_POSITION", "TYPE_NAME", "DATA_TYPE",
        "COLUMN_SIZE", "DECIMAL_DIGITS", "REMARKS")).containsExactly("customer_id 1 BIGINT " + Types.BIGINT + " 19 0 ",
            "sold_at 2 TIMESTAMP " + Types.TIMESTAMP + " 26 6 ", "revenue 3 DECIMAL " + Types.DECIMAL + " 18 2 measure. Money in");
    assertThat(server.asked()).extracting(FakeServer.Asked::sql)
        .anyMatch(sql -> sql.endsWith("information_schema.columns where table_name = 'sales'"))
        .contains("select measure(\"revenue\") as \"revenue\" from \"public\".\"sales\"");
  }

  @Test
  void patternsMayBeEscaped() throws SQLException {
    assertThat(list(metaData.getColumns(null, null, "customers", "na\\_me\\%"), "COLUMN_NAME")).containsExactly("na_me%");
    assertThat(list(metaData.getColumns(null, null, "customers", "na\\_m_"), "COLUMN_NAME")).isEmpty();
    assertThat(list(metaData.getColumns(null, null, "c%s", "%\\%"), "COLUMN_NAME")).containsExactly("na_me%");
  }

  @Test
  void keysAreFollowedBothWays() throws SQLException {
    assertThat(list(metaData.getPrimaryKeys(null, null, "customers"), "TABLE_NAME", "COLUMN_NAME", "KEY_SEQ", "PK_NAME")).containsExactly(
        "customers customer_id 1 pk");
    assertThat(list(metaData.getPrimaryKeys(null, null, "sales"), "TABLE_NAME")).isEmpty();
    String[] columns = {"PKTABLE_NAME", "PKCOLUMN_NAME", "FKTABLE_NAME", "FKCOLUMN_NAME"};
    assertThat(list(metaData.getImportedKeys(null, "public", "sales"), columns)).containsExactly("customers customer_id sales customer_id");
    assertThat(list(metaData.getImportedKeys(null, "public", "customers"), columns)).isEmpty();
    assertThat(list(metaData.getExportedKeys(null, null, "customers"), columns)).containsExactly("customers customer_id sales customer_id");
    assertThat(list(metaData.getCrossReference(null, null, "customers", null, null, "sales"), columns)).hasSize(1);
    assertThat(list(metaData.getCrossReference(null, null, "sales", null, null, "customers"), columns)).isEmpty();
  }

  @Test
  void aConnectionMayShowOneViewOnly() throws SQLException {
    try (Connection narrow = DriverManager.getConnection(server.url() + "?view=sales")) {
      assertThat(list(narrow.getMetaData().getTables(null, "public", null, null), "TABLE_NAME")).containsExactly("sales");
      assertThat(list(narrow.getMetaData().getColumns(null, "public", null, null), "TABLE_NAME")).containsOnly("sales");
    }
  }

  @Test
  void theServerAndTheDriverHaveVersions() throws SQLException {
    assertThat(metaData.getDatabaseProductName()).isEqualTo("Sextant");
    assertThat(metaData.getDatabaseProductVersion()).isEqualTo("1.2.3");
    assertThat(metaData.getDatabaseMajorVersion()).isEqualTo(1);
    assertThat(metaData.getDatabaseMinorVersion()).isEqualTo(2);
    assertThat(metaData.getDriverVersion()).matches("\\d+\\.\\d+\\..*");
    assertThat(metaData.getJDBCMajorVersion()).isEqualTo(4);
    assertThat(metaData.getIdentifierQuoteString()).isEqualTo("\"");
  }

  @Test
  void whatIsMissingIsEmptyButABrokenServerIsAnError() throws SQLException {
    assertThat(list(metaData.getFunctions(null, null, "%"), "FUNCTION_NAME")).isEmpty();
    FakeServer broken = new FakeServer();
    try (Connection other = DriverManager.getConnection(broken.url())) {
      broken.answer((asked, reply) -> reply.error(502, "HV000", "The warehouse is away."));
      assertThatThrownBy(() -> other.getMetaData().getTables(null, null, null, null)).isInstanceOf(SQLException.class)
          .hasMessageContaining("The warehouse is away.");
    } finally {
      broken.close();
    }
  }
}
