// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.clients;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.adbc.core.AdbcConnection;
import org.apache.arrow.adbc.core.AdbcDatabase;
import org.apache.arrow.adbc.core.AdbcDriver;
import org.apache.arrow.adbc.core.AdbcStatement;
import org.apache.arrow.adbc.driver.flightsql.FlightSqlDriver;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Arrow's own clients of Flight SQL over the web shop. */
class FlightClientsTest {
  private static final String BY_COUNTRY = "select customer_country, measure(revenue) as revenue from sales group by 1";

  private static int port() throws Exception {
    return RetailServer.project().server().flightPort().get(60, TimeUnit.SECONDS);
  }

  @Test
  void arrowsClientReadsRowsAndSchemas() throws Exception {
    try (BufferAllocator memory = new RootAllocator();
        FlightSqlClient client = new FlightSqlClient(
            FlightClient.builder(memory, Location.forGrpcInsecure("127.0.0.1", port())).build())) {
      FlightInfo info = client.execute(BY_COUNTRY);
      long rows = 0;
      try (FlightStream stream = client.getStream(info.getEndpoints().getFirst().getTicket())) {
        assertThat(stream.getSchema().getFields()).extracting(field -> field.getName()).containsExactly("customer_country", "revenue");
        while (stream.next()) {
          rows += stream.getRoot().getRowCount();
        }
      }
      assertThat(rows).isGreaterThan(3);
    }
  }

  @Test
  void adbcAsksAndListsObjects() throws Exception {
    Map<String, Object> parameters = new HashMap<>();
    AdbcDriver.PARAM_URI.set(parameters, "grpc+tcp://127.0.0.1:" + port());
    try (BufferAllocator memory = new RootAllocator();
        AdbcDatabase database = new FlightSqlDriver(memory).open(parameters);
        AdbcConnection connection = database.connect()) {
      try (AdbcStatement statement = connection.createStatement()) {
        statement.setSqlQuery(BY_COUNTRY);
        try (AdbcStatement.QueryResult result = statement.executeQuery()) {
          assertThat(rows(result.getReader())).isGreaterThan(3);
        }
      }
      try (ArrowReader objects = connection.getObjects(AdbcConnection.GetObjectsDepth.TABLES, null, null, null, null, null)) {
        assertThat(objects.loadNextBatch()).isTrue();
        assertThat(String.valueOf(objects.getVectorSchemaRoot().getVector("catalog_db_schemas").getObject(0))).contains("sales");
      }
    }
  }

  private static long rows(ArrowReader reader) throws Exception {
    long rows = 0;
    while (reader.loadNextBatch()) {
      rows += reader.getVectorSchemaRoot().getRowCount();
    }
    return rows;
  }
}
