// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.clients;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightEndpoint;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A query of DuckDB's whose row 899,999 cannot be cast is an error to every client of every door, never an answer of fewer rows. */
class MidwayFailureTest {
  private static final String BROKEN = "select miscast, miscast__number from miscast where miscast >= ";
  private static final String WHOLE = BROKEN + "860000 and miscast < 899999";
  private static final String REASON = "row 899999 is broken";
  private static final Map<String, Way> WAYS = new LinkedHashMap<>();

  /** These read so slowly that they start near the broken row. */
  private static final Set<String> SLOW = Set.of("avatica, protobuf", "avatica, json");

  /** HTTP has said 200 already: all it can do is break the connection off. The reason is asked for afterwards. */
  private static final String WITHOUT_REASON = "http";

  @TempDir private static Path folder;
  private static FailingServer server;
  private static HttpClient http;
  private static BufferAllocator memory;
  private static FlightSqlClient flight;

  /** Reads an answer as a client does who knows the format, to its end, and returns how many rows there were. */
  private interface Way {
    long read(String sql) throws Exception;
  }

  @BeforeAll
  static void start() throws Exception {
    server = FailingServer.start(folder);
    int flightPort = server.server().flightPort().get(60, TimeUnit.SECONDS);
    http = HttpClient.newHttpClient();
    memory = new RootAllocator();
    flight = new FlightSqlClient(FlightClient.builder(memory, Location.forGrpcInsecure("127.0.0.1", flightPort)).build());
    WAYS.put("http, json", sql -> new ObjectMapper().readTree(body(sql, "application/json")).path("rows").size());
    WAYS.put("http, csv", sql -> lines(body(sql, "text/csv")) - 1);
    WAYS.put("http, ndjson", sql -> lines(body(sql, "application/x-ndjson")));
    WAYS.put("http, arrow", sql -> arrow(body(sql, "application/vnd.apache.arrow.stream")));
    WAYS.put("flight, direct", sql -> flight(flight.execute(sql)));
    WAYS.put("flight, prepared", sql -> {
      try (FlightSqlClient.PreparedStatement statement = flight.prepare(sql)) {
        return flight(statement.execute());
      }
    });
    jdbc("our driver", "jdbc:sextant://127.0.0.1:" + server.server().httpPort() + "/");
    jdbc("arrow's driver", "jdbc:arrow-flight-sql://127.0.0.1:" + flightPort + "/?useEncryption=false");
    String avatica = "jdbc:avatica:remote:url=http://127.0.0.1:" + server.server().httpPort() + "/avatica;serialization=";
    WAYS.put("avatica, protobuf", sql -> direct(avatica + "protobuf", sql));
    WAYS.put("avatica, json", sql -> direct(avatica + "json", sql));
  }

  @AfterAll
  static void stop() throws Exception {
    flight.close();
    memory.close();
    http.close();
    server.close();
  }

  private static void jdbc(String name, String url) {
    WAYS.put(name + ", direct", sql -> direct(url, sql));
    WAYS.put(name + ", prepared", sql -> {
      try (Connection connection = DriverManager.getConnection(url); PreparedStatement statement = connection.prepareStatement(sql)) {
        return count(statement.executeQuery());
      }
    });
  }

  private static long direct(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url); Statement statement = connection.createStatement()) {
      statement.setFetchSize(5_000);
      return count(statement.executeQuery(sql));
    }
  }

  private static long count(ResultSet rows) throws SQLException {
    long count = 0;
    while (rows.next()) {
      count++;
    }
    return count;
  }

  private static InputStream body(String sql, String format) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.server().httpPort() + "/v1/sql"))
        .header("Content-Type", "application/json")
        .header("Accept", format)
        .POST(BodyPublishers.ofString(JsonNodeFactory.instance.objectNode().put("sql", sql).toString()))
        .build();
    HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body();
  }

  private static long lines(InputStream body) throws Exception {
    try (body) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8).lines().count();
    }
  }

  private static long arrow(InputStream body) throws Exception {
    long rows = 0;
    try (ArrowStreamReader reader = new ArrowStreamReader(body, memory)) {
      while (reader.loadNextBatch()) {
        rows += reader.getVectorSchemaRoot().getRowCount();
      }
    }
    return rows;
  }

  private static long flight(FlightInfo info) throws Exception {
    long rows = 0;
    for (FlightEndpoint endpoint : info.getEndpoints()) {
      try (FlightStream stream = flight.getStream(endpoint.getTicket())) {
        while (stream.next()) {
          rows += stream.getRoot().getRowCount();
        }
      }
    }
    return rows;
  }

  static Stream<String> ways() {
    return WAYS.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aWholeAnswerHasAllItsRows(String name) throws Exception {
    assertThat(way(name).read(WHOLE)).isEqualTo(39_999);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aBrokenAnswerIsAnError(String name) throws Exception {
    var failure = assertThatThrownBy(() -> way(name).read(BROKEN + (SLOW.contains(name) ? 860_000 : 0)));
    if (!name.startsWith(WITHOUT_REASON)) {
      failure.hasStackTraceContaining(REASON);
    }
    assertThat(way(name).read("select 1 as one")).isEqualTo(1);
  }

  private static Way way(String name) {
    return java.util.Objects.requireNonNull(WAYS.get(name));
  }
}
