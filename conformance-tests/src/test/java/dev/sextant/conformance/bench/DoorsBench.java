// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.conformance.door.HttpClientDoor;
import dev.sextant.query.Caller;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryResult;
import dev.sextant.query.SqlQuery;
import dev.sextant.server.boot.OpenProject;
import dev.sextant.server.boot.SextantServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.Map;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** How long many rows of five columns take through the SQL doors, and a short answer through each; {@code -Drows} says how many. */
final class DoorsBench {
  private static final String MANY = "select big, big__made_on, big__customer_name, big__size, big__weight from big";
  private static final long MOST_FOR_AVATICA = 1_000_000;

  private DoorsBench() {}

  static void run() throws Exception {
    long rows = Long.getLong("rows", 1_000_000);
    int rounds = Integer.getInteger("rounds", rows > MOST_FOR_AVATICA ? 3 : 9);
    Path folder = Files.createTempDirectory("sextant-bench");
    try (SextantServer server = SextantServer.start(ManyRows.write(folder, rows), Map.of(),
        config -> config.withHost("127.0.0.1").withHttpPort(0).withFlightPort(0))) {
      flight(folder, server, rows, rounds);
      String http = "127.0.0.1:" + server.httpPort();
      try (Connection own = DriverManager.getConnection("jdbc:sextant://" + http + "/");
          Connection arrows = DriverManager.getConnection(
              "jdbc:arrow-flight-sql://127.0.0.1:" + server.flightPort().get() + "/?useEncryption=false");
          Connection avatica = DriverManager.getConnection("jdbc:avatica:remote:url=http://" + http + "/avatica;serialization=protobuf")) {
        drivers("typed getters", DoorsBench::typed, new Connection[] {own, arrows, avatica}, rows, rounds);
        drivers("getObject", DoorsBench::objects, new Connection[] {own, arrows, avatica}, rows, rounds);
        shortAnswers(server, new Connection[] {own, arrows, avatica});
      }
    }
    CompileBench.delete(folder);
  }

  /** Flight SQL, asking for the flight included, beside a Flight server that only streams what the warehouse gives for the same SQL. */
  private static void flight(Path folder, SextantServer server, long rows, int rounds) throws Exception {
    try (OpenProject project = OpenProject.once(folder, Map.of(), InstantSource.system());
        BareFlight bare = new BareFlight(project.warehouses().apply("main"));
        BufferAllocator memory = new RootAllocator();
        FlightSqlClient door = new FlightSqlClient(
            FlightClient.builder(memory, Location.forGrpcInsecure("127.0.0.1", server.flightPort().get())).build())) {
      String sql;
      try (QueryResult same = project.sql().run(SqlQuery.of(MANY), Caller.ANONYMOUS, QueryControl.unlimited("sql"))) {
        sql = same.facts().statements().getFirst().sql();
      }
      Ticket asked = ticket(door);
      String baseline = "bare stream from DuckDB to Flight";
      new Race(String.format("%,d rows x 5 columns by Flight SQL", rows))
          .baseline(baseline, () -> check(rows, bare.read(sql)))
          .against(baseline, "Flight SQL, GetFlightInfo and DoGet", () -> check(rows, BareFlight.drain(door.getStream(ticket(door)))))
          .against(baseline, "Flight SQL, DoGet alone", () -> check(rows, BareFlight.drain(door.getStream(asked))))
          .run(rows > MOST_FOR_AVATICA ? 3 : 10, rounds);
    }
  }

  private static Ticket ticket(FlightSqlClient door) {
    return door.execute(MANY).getEndpoints().getFirst().getTicket();
  }

  /** Reads a row and returns something of every column. */
  private interface Reader {
    long read(ResultSet row) throws SQLException;
  }

  private static long typed(ResultSet row) throws SQLException {
    return row.getLong(1) + row.getDate(2).getTime() + row.getString(3).length() + row.getInt(4) + (long) row.getDouble(5);
  }

  private static long objects(ResultSet row) throws SQLException {
    long sum = 0;
    for (int i = 1; i <= 5; i++) {
      sum += row.getObject(i).hashCode();
    }
    return sum;
  }

  private static void drivers(String how, Reader reader, Connection[] connections, long rows, int rounds) throws Exception {
    String baseline = "our JDBC driver";
    Race race = new Race(String.format("%,d rows x 5 columns by JDBC, %s", rows, how))
        .baseline(baseline, () -> read(connections[0], reader, rows))
        .against(baseline, "Arrow's Flight SQL JDBC driver", () -> read(connections[1], reader, rows));
    race.run(2, rounds);
    if (rows <= MOST_FOR_AVATICA) {
      new Race(String.format("%,d rows x 5 columns by JDBC and Avatica, %s", rows, how))
          .baseline(baseline, () -> read(connections[0], reader, rows))
          .against(baseline, "Avatica's thin client, protobuf", () -> read(connections[2], reader, rows))
          .run(1, 3);
    }
  }

  private static void read(Connection connection, Reader reader, long rows) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(10_000);
      long count = 0;
      long sum = 0;
      try (ResultSet result = statement.executeQuery(MANY)) {
        while (result.next()) {
          count++;
          sum += reader.read(result);
        }
      }
      check(rows, count);
      if (sum == 0) {
        throw new IllegalStateException("nothing was read");
      }
    }
  }

  private static void check(long expected, long rows) {
    if (rows != expected) {
      throw new IllegalStateException(rows + " rows, expected " + expected);
    }
  }

  private static void shortAnswers(SextantServer server, Connection[] connections) throws Exception {
    String sql = "select big__customer_name, measure(bigs) as bigs from big where big__size = 7 group by 1 order by 1 limit 10";
    ObjectNode query = JsonNodeFactory.instance.objectNode().put("limit", 10);
    query.putArray("metrics").add("bigs");
    query.putArray("group_by").add("big__customer_name");
    query.putArray("where").add("big__size = 7");
    query.putArray("order_by").add("big__customer_name");
    ObjectNode statement = JsonNodeFactory.instance.objectNode().put("sql", sql);
    String baseline = "POST /v1/query";
    try (HttpClientDoor http = new HttpClientDoor(URI.create("http://127.0.0.1:" + server.httpPort()));
        BufferAllocator memory = new RootAllocator();
        FlightSqlClient flight = new FlightSqlClient(
            FlightClient.builder(memory, Location.forGrpcInsecure("127.0.0.1", server.flightPort().get())).build())) {
      new Race("An answer of ten rows by each door").baseline(baseline, () -> check(200, http.post("/v1/query", query).status()))
          .against(baseline, "POST /v1/sql", () -> check(200, http.post("/v1/sql", statement).status()))
          .against(baseline, "our JDBC driver", () -> ten(connections[0], sql))
          .against(baseline, "Flight SQL",
              () -> check(10, BareFlight.drain(flight.getStream(flight.execute(sql).getEndpoints().getFirst().getTicket()))))
          .against(baseline, "Arrow's Flight SQL JDBC driver", () -> ten(connections[1], sql))
          .against(baseline, "Avatica's thin client, protobuf", () -> ten(connections[2], sql))
          .run(30, 100);
    }
  }

  private static void ten(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
      int count = 0;
      while (rows.next()) {
        count += rows.getString(1).isEmpty() ? 0 : 1;
      }
      check(10, count);
    }
  }
}
