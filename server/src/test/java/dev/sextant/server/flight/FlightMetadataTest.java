// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.flight;

import dev.sextant.server.flight.FlightUnderTest.Answer;
import java.io.ByteArrayInputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.arrow.flight.ActionType;
import org.apache.arrow.flight.CloseSessionRequest;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.GetSessionOptionsRequest;
import org.apache.arrow.flight.SessionOptionValueFactory;
import org.apache.arrow.flight.SetSessionOptionsRequest;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.flight.sql.FlightSqlProducer.Schemas;
import org.apache.arrow.flight.sql.impl.FlightSql.SqlInfo;
import org.apache.arrow.flight.sql.util.TableRef;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.ipc.ReadChannel;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What Flight SQL tells of catalogs, schemas, tables, types, and of the server. */
class FlightMetadataTest {
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

  private List<List<String>> rows(FlightInfo info, Schema expected) throws Exception {
    Answer answer = FlightUnderTest.read(client, info);
    assertThat(answer.schema()).isEqualTo(expected);
    assertThat(info.getSchema()).isEqualTo(expected);
    return answer.rows();
  }

  private List<List<String>> tables(@Nullable String catalog, @Nullable String schema, @Nullable String name,
      @Nullable List<String> types) throws Exception {
    return rows(client.getTables(catalog, schema, name, types, false), Schemas.GET_TABLES_SCHEMA_NO_SCHEMA);
  }

  @Test
  void catalogsAndSchemasAreListed() throws Exception {
    assertThat(rows(client.getCatalogs(), Schemas.GET_CATALOGS_SCHEMA)).containsExactly(List.of("small"));
    assertThat(rows(client.getSchemas(null, null), Schemas.GET_SCHEMAS_SCHEMA)).contains(List.of("small", "public"));
    assertThat(rows(client.getSchemas("small", "pub%"), Schemas.GET_SCHEMAS_SCHEMA)).containsExactly(List.of("small", "public"));
    assertThat(rows(client.getSchemas("other", null), Schemas.GET_SCHEMAS_SCHEMA)).isEmpty();
    assertThat(rows(client.getTableTypes(), Schemas.GET_TABLE_TYPES_SCHEMA)).containsExactly(List.of("TABLE"));
  }

  @Test
  void tablesAreListedByPatternAndType() throws Exception {
    assertThat(tables(null, null, null, null)).extracting(row -> row.get(2)).contains("sales", "failing", "big", "metrics");
    assertThat(tables("small", "public", "sal_s", List.of("TABLE"))).containsExactly(List.of("small", "public", "sales", "TABLE"));
    assertThat(tables(null, null, "sal\\_s", null)).isEmpty();
    assertThat(tables(null, null, null, List.of("VIEW"))).isEmpty();
    assertThat(tables("", null, null, null)).isEmpty();
  }

  @Test
  void schemasOfTablesHaveTheTypesThatAreStreamed() throws Exception {
    Map<String, Schema> schemas = new LinkedHashMap<>();
    FlightInfo info = client.getTables(null, null, null, null, true);
    try (FlightStream stream = client.getStream(info.getEndpoints().getFirst().getTicket())) {
      while (stream.next()) {
        VarCharVector names = (VarCharVector) stream.getRoot().getVector("table_name");
        VarBinaryVector bytes = (VarBinaryVector) stream.getRoot().getVector("table_schema");
        for (int row = 0; row < stream.getRoot().getRowCount(); row++) {
          schemas.put(names.getObject(row).toString(), MessageSerializer
              .deserializeSchema(new ReadChannel(Channels.newChannel(new ByteArrayInputStream(bytes.getObject(row))))));
        }
      }
    }
    Schema sales = schemas.getOrDefault("sales", new Schema(List.of()));
    assertThat(sales.getFields()).extracting(Field::getName).contains("metric_time", "sale__country", "revenue", "average_sale");
    for (String name : List.of("sale__country", "sale__pieces", "sale__price")) {
      assertThat(sales.findField(name).getType()).as(name)
          .isEqualTo(FlightUnderTest.ask(client, "SELECT " + name + " FROM sales").schema().getFields().getFirst().getType());
    }
    for (String name : List.of("revenue", "sales_count", "average_sale")) {
      assertThat(sales.findField(name).getType()).as(name)
          .isEqualTo(FlightUnderTest.ask(client, "SELECT MEASURE(" + name + ") FROM sales").schema().getFields().getFirst().getType());
    }
    assertThat(sales.findField("revenue").getMetadata()).containsEntry("ARROW:FLIGHT:SQL:TYPE_NAME", "DECIMAL")
        .containsEntry("ARROW:FLIGHT:SQL:TABLE_NAME", "sales");
    assertThat(sales.findField("revenue").getMetadata().get("ARROW:FLIGHT:SQL:REMARKS")).contains("Money in");
    assertThat(schemas).containsKey("metrics");
  }

  @Test
  void keysAreThoseOfTheModel() throws Exception {
    TableRef sales = TableRef.of(null, "public", "sales");
    assertThat(rows(client.getPrimaryKeys(sales), Schemas.GET_PRIMARY_KEYS_SCHEMA)).singleElement()
        .asString()
        .contains("small", "public", "sales", "sale", "sales_pkey");
    assertThat(rows(client.getExportedKeys(sales), Schemas.GET_EXPORTED_KEYS_SCHEMA)).isEmpty();
    assertThat(rows(client.getImportedKeys(sales), Schemas.GET_IMPORTED_KEYS_SCHEMA)).isEmpty();
    assertThat(rows(client.getCrossReference(sales, sales), Schemas.GET_CROSS_REFERENCE_SCHEMA)).isEmpty();
  }

  @Test
  void typesAreListedAndFiltered() throws Exception {
    assertThat(rows(client.getXdbcTypeInfo(), Schemas.GET_TYPE_INFO_SCHEMA)).extracting(List::getFirst)
        .contains("BIGINT", "DECIMAL", "VARCHAR", "DATE", "TIMESTAMP", "BOOLEAN");
    assertThat(rows(client.getXdbcTypeInfo(java.sql.Types.DECIMAL), Schemas.GET_TYPE_INFO_SCHEMA)).singleElement()
        .satisfies(row -> assertThat(row).startsWith("DECIMAL", "3", "38"));
  }

  @Test
  void theServerTellsOfItselfOnlyWhatIsAsked() throws Exception {
    assertThat(rows(client.getSqlInfo(SqlInfo.FLIGHT_SQL_SERVER_NAME, SqlInfo.FLIGHT_SQL_SERVER_READ_ONLY), Schemas.GET_SQL_INFO_SCHEMA))
        .containsExactlyInAnyOrder(List.of("0", "Sextant"), List.of("3", "true"));
    assertThat(rows(client.getSqlInfo(), Schemas.GET_SQL_INFO_SCHEMA)).hasSizeGreaterThan(40);
  }

  @Test
  void onlyActionsThatWorkAreListed() {
    List<ActionType> actions = new ArrayList<>();
    try (org.apache.arrow.flight.FlightClient plain = org.apache.arrow.flight.FlightClient
        .builder(flight.memory(), org.apache.arrow.flight.Location.forGrpcInsecure("localhost", flight.port()))
        .build()) {
      StreamSupport.stream(plain.listActions().spliterator(), false).forEach(actions::add);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    assertThat(actions).extracting(ActionType::getType)
        .containsExactlyInAnyOrder("CreatePreparedStatement", "ClosePreparedStatement", "CancelQuery", "CancelFlightInfo",
            "SetSessionOptions",
            "GetSessionOptions", "CloseSession");
  }

  @Test
  void sessionsKnowTheirCatalogAndRefuseOthers() throws Exception {
    try (FlightSqlClient session = new FlightSqlClient(org.apache.arrow.flight.FlightClient
        .builder(flight.memory(), org.apache.arrow.flight.Location.forGrpcInsecure("localhost", flight.port()))
        .intercept(new org.apache.arrow.flight.client.ClientCookieMiddleware.Factory())
        .build())) {
      Map<String, org.apache.arrow.flight.SessionOptionValue> options = new LinkedHashMap<>();
      options.put("catalog", SessionOptionValueFactory.makeSessionOptionValue("small"));
      options.put("schema", SessionOptionValueFactory.makeSessionOptionValue("elsewhere"));
      options.put("colour", SessionOptionValueFactory.makeSessionOptionValue("red"));
      assertThat(session.setSessionOptions(new SetSessionOptionsRequest(options)).getErrors()).containsOnlyKeys("schema", "colour");
      assertThat(session.getSessionOptions(new GetSessionOptionsRequest()).getSessionOptions()).containsOnlyKeys("catalog");
      assertThat(session.closeSession(new CloseSessionRequest()).getStatus())
          .isEqualTo(org.apache.arrow.flight.CloseSessionResult.Status.CLOSED);
      assertThat(session.getSessionOptions(new GetSessionOptionsRequest()).getSessionOptions()).isEmpty();
      assertThat(session.closeSession(new CloseSessionRequest()).getStatus())
          .isEqualTo(org.apache.arrow.flight.CloseSessionResult.Status.NOT_CLOSABLE);
    }
  }
}
