// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.clients;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.JDBCType;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What parameters are used as is told at every SQL door before a statement runs. */
class ParameterTypesTest {
  private static final String SQL = "select failing.fail__payload, ? as anything, measure(failures) from failing where fail__payload = ?"
      + " and metric_time >= ? and cast(metric_time as date) < ? and fail > ? and sqrt(?) > 1 group by 1, 2 having measure(failures) > ? limit ?";

  @TempDir private static Path folder;
  private static FailingServer server;

  @BeforeAll
  static void start() throws Exception {
    server = FailingServer.start(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static List<JDBCType> types(Connection opened) throws SQLException {
    List<JDBCType> types = new ArrayList<>();
    try (Connection connection = opened; PreparedStatement statement = connection.prepareStatement(SQL)) {
      ParameterMetaData told = statement.getParameterMetaData();
      for (int i = 1; i <= told.getParameterCount(); i++) {
        types.add(JDBCType.valueOf(told.getParameterType(i)));
      }
    }
    return types;
  }

  private static int flightPort() throws Exception {
    return server.server().flightPort().get(60, TimeUnit.SECONDS);
  }

  @Test
  void byOurDriver() throws Exception {
    assertThat(types(server.connect())).containsExactly(JDBCType.OTHER, JDBCType.VARCHAR, JDBCType.TIMESTAMP, JDBCType.DATE,
        JDBCType.BIGINT,
        JDBCType.DOUBLE, JDBCType.BIGINT, JDBCType.BIGINT);
  }

  @Test
  void byAvatica() throws Exception {
    assertThat(types(DriverManager.getConnection("jdbc:avatica:remote:url=http://127.0.0.1:" + server.server().httpPort()
        + "/avatica;serialization=protobuf"))).containsExactly(JDBCType.VARCHAR, JDBCType.VARCHAR, JDBCType.TIMESTAMP, JDBCType.DATE,
            JDBCType.BIGINT, JDBCType.DOUBLE, JDBCType.BIGINT, JDBCType.BIGINT);
  }

  @Test
  void byArrowsDriver() throws Exception {
    assertThat(types(DriverManager.getConnection("jdbc:arrow-flight-sql://127.0.0.1:" + flightPort() + "/?useEncryption=false")))
        .containsExactly(JDBCType.VARCHAR, JDBCType.VARCHAR, JDBCType.TIMESTAMP, JDBCType.DATE, JDBCType.BIGINT, JDBCType.DOUBLE,
            JDBCType.BIGINT, JDBCType.BIGINT);
  }

  @Test
  void byTheSchemaOfFlightSql() throws Exception {
    try (BufferAllocator memory = new RootAllocator();
        FlightSqlClient client = new FlightSqlClient(
            FlightClient.builder(memory, Location.forGrpcInsecure("127.0.0.1", flightPort())).build());
        FlightSqlClient.PreparedStatement statement = client.prepare(SQL)) {
      assertThat(statement.getParameterSchema().getFields().stream().map(Field::getType).map(Object::toString).toList())
          .containsExactly("Utf8", "Utf8", "Timestamp(MICROSECOND, null)", "Date(DAY)", "Int(64, true)", "FloatingPoint(DOUBLE)",
              "Int(64, true)", "Int(64, true)");
    }
  }
}
