// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.clients;

import dev.sextant.conformance.door.ProjectFolders;
import dev.sextant.conformance.suite.Reply;
import dev.sextant.server.boot.SextantServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Long, deep and malicious statements are answered or refused in words through every SQL door, which serves on. */
class HostileStatementsTest {
  private static final String ATTACK = "x\"; drop table shop.orders; -- '";
  private static SextantServer server;

  @BeforeAll
  static void start() throws Exception {
    server = SextantServer.start(ProjectFolders.find("shop"), Map.of(),
        config -> config.withHost("127.0.0.1").withHttpPort(0).withFlightPort(0));
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @EnumSource(SqlClient.Kind.class)
  void statementsWithoutMeasureAreAnswered(SqlClient.Kind kind) throws Exception {
    String longest = "select count(*) as n /* " + "very long ".repeat(90_000) + " */ from orders where customer__name <> '"
        + "z".repeat(110_000) + "'";
    String values = IntStream.range(0, 5_000).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    String deep = "select count(*) as n from " + "(select * from ".repeat(60) + "orders"
        + IntStream.range(0, 60).mapToObj(i -> " where \"order\" > " + -i + ") as t" + i).collect(Collectors.joining());
    try (SqlClient client = SqlClient.of(kind, server)) {
      assertThat(longest.length()).isGreaterThan(1_000_000);
      assertThat(first(client, longest)).isEqualTo("10");
      assertThat(first(client, "select count(*) from orders where \"order\" in (" + values + ")")).isEqualTo("12");
      assertThat(first(client, deep)).isEqualTo("12");
      assertThat(first(client, "select 7 as \"" + ATTACK.replace("\"", "\"\"") + "\"")).isEqualTo("7");
      assertThat(first(client, "select count(*) from orders where order__status = '" + ATTACK.replace("'", "''") + "'")).isEqualTo("0");
      for (String refused : new String[] {"insert into orders values (1)", "create temp table t as select 1", "drop table shop.orders",
          "copy orders to 'x'"}) {
        assertThat(client.ask(refused).body().at("/error/code").asText()).as(refused).isIn("UNSUPPORTED", "0A000");
      }
      assertThat(client.ask("select " + "(".repeat(50_000) + "1").body().at("/error/code").asText()).isIn("INVALID_SQL", "42000", "42601");
      assertThat(first(client, "select count(*) from orders")).isEqualTo("12");
    }
  }

  private static String first(SqlClient client, String sql) {
    Reply reply = client.ask(sql);
    assertThat(reply.status()).as(sql.substring(0, Math.min(80, sql.length())) + ": " + reply.body().toString().lines().findFirst())
        .isEqualTo(200);
    return reply.body().at("/rows/0/0").asText();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdbc:sextant://127.0.0.1:{http}/", "jdbc:arrow-flight-sql://127.0.0.1:{flight}/?useEncryption=false",
      "jdbc:avatica:remote:url=http://127.0.0.1:{http}/avatica;serialization=protobuf"})
  void parametersAreValues(String url) throws Exception {
    String address = url.replace("{http}", Integer.toString(server.httpPort()))
        .replace("{flight}", server.flightPort().get(60, TimeUnit.SECONDS).toString());
    try (Connection connection = DriverManager.getConnection(address);
        PreparedStatement statement = connection
            .prepareStatement("select count(*) from orders where order__status = ? or customer__name = ?")) {
      assertThat(statement.getParameterMetaData().getParameterCount()).isEqualTo(2);
      assertThat(count(statement, ATTACK, "' or '1' = '1")).isZero();
      assertThat(count(statement, "paid", "z")).isPositive();
      assertThat(count(statement, "open", "\\' or true --")).isPositive();
    }
  }

  private static long count(PreparedStatement statement, String... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setString(i + 1, values[i]);
    }
    try (ResultSet result = statement.executeQuery()) {
      result.next();
      return result.getLong(1);
    }
  }
}
