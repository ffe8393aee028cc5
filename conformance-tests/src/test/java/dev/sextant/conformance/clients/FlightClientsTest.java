// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.clients;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.arrow.adbc.core.AdbcConnection;
import org.apache.arrow.adbc.core.AdbcDatabase;
import org.apache.arrow.adbc.core.AdbcDriver;
import org.apache.arrow.adbc.core.AdbcException;
import org.apache.arrow.adbc.core.AdbcStatement;
import org.apache.arrow.adbc.driver.flightsql.FlightSqlDriver;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightEndpoint;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Arrow's own clients of Flight SQL over the web shop. */
class FlightClientsTest {
  private static final String BY_COUNTRY = "select customer_country, measure(revenue) as revenue from sales group by 1 order by 1";

  private static int port() throws Exception {
    return RetailServer.project().server().flightPort().get(60, TimeUnit.SECONDS);
  }

  /** The answer as everybody else gets it. */
  private static List<String> expected(String sql) throws Exception {
    try (Connection connection = RetailServer.connect(); Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> lines = new ArrayList<>();
      while (rows.next()) {
        lines.add(rows.getString(1) + " " + rows.getBigDecimal(2).toPlainString());
      }
      assertThat(lines).hasSizeGreaterThan(3);
      return lines;
    }
  }

  private static List<String> lines(VectorSchemaRoot root) {
    return IntStream.range(0, root.getRowCount())
        .mapToObj(row -> root.getVector(0).getObject(row) + " " + root.getVector(1).getObject(row))
        .toList();
  }

  @Test
  void arrowsClientReadsRowsAndSchemas() throws Exception {
    try (BufferAllocator memory = new RootAllocator();
        FlightSqlClient client = new FlightSqlClient(
            FlightClient.builder(memory, Location.forGrpcInsecure("127.0.0.1", port())).build())) {
      FlightInfo info = client.execute(BY_COUNTRY);
      List<String> rows = new ArrayList<>();
      for (FlightEndpoint endpoint : info.getEndpoints()) {
        try (FlightStream stream = client.getStream(endpoint.getTicket())) {
          assertThat(stream.getSchema().getFields()).isEqualTo(info.getSchema().getFields());
          while (stream.next()) {
            rows.addAll(lines(stream.getRoot()));
          }
        }
      }
      assertThat(info.getSchema().getFields()).extracting(field -> field.getName()).containsExactly("customer_country", "revenue");
      assertThat(rows).isEqualTo(expected(BY_COUNTRY));
    }
  }

  /** Opens ADBC's driver for Flight SQL. */
  private interface WithAdbc {
    void run(AdbcConnection connection, BufferAllocator memory) throws Exception;
  }

  private static void adbc(WithAdbc work) throws Exception {
    Map<String, Object> parameters = new HashMap<>();
    AdbcDriver.PARAM_URI.set(parameters, "grpc+tcp://127.0.0.1:" + port());
    try (BufferAllocator memory = new RootAllocator();
        AdbcDatabase database = new FlightSqlDriver(memory).open(parameters);
        AdbcConnection connection = database.connect()) {
      work.run(connection, memory);
    }
  }

  private static List<String> ask(AdbcStatement statement) throws Exception {
    List<String> rows = new ArrayList<>();
    try (AdbcStatement.QueryResult result = statement.executeQuery()) {
      while (result.getReader().loadNextBatch()) {
        rows.addAll(lines(result.getReader().getVectorSchemaRoot()));
      }
    }
    return rows;
  }

  @Test
  void adbcAsksPreparesAndIsRefused() throws Exception {
    adbc((connection, memory) -> {
      try (AdbcStatement statement = connection.createStatement()) {
        statement.setSqlQuery(BY_COUNTRY);
        assertThat(ask(statement)).isEqualTo(expected(BY_COUNTRY));
        statement.setSqlQuery("select revenu from sales");
        assertThatThrownBy(statement::executeQuery).isInstanceOf(AdbcException.class).hasMessageContaining("1:8");
      }
      try (AdbcStatement statement = connection.createStatement(); IntVector most = new IntVector("1", memory);
          VectorSchemaRoot values = VectorSchemaRoot.of(most)) {
        String sql = "select home_country, count(*) as many from customers where customer <= ? group by 1 order by 1";
        statement.setSqlQuery(sql);
        statement.prepare();
        for (int limit : new int[] {200, 60}) {
          most.setSafe(0, limit);
          values.setRowCount(1);
          statement.bind(values);
          assertThat(ask(statement)).isEqualTo(expected(sql.replace("?", String.valueOf(limit))));
        }
      }
    });
  }

  @Test
  void adbcListsObjects() throws Exception {
    adbc((connection, memory) -> {
      try (ArrowReader objects = connection.getObjects(AdbcConnection.GetObjectsDepth.TABLES, null, null, null, null, null)) {
        assertThat(objects.loadNextBatch()).isTrue();
        assertThat(String.valueOf(objects.getVectorSchemaRoot().getVector("catalog_db_schemas").getObject(0)))
            .contains("\"table_name\":\"sales\"", "\"table_type\":\"TABLE\"");
      }
    });
  }
}
