// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.conformance.door.HttpClientDoor;
import dev.sextant.conformance.suite.Reply;
import dev.sextant.server.boot.SextantServer;
import java.math.BigDecimal;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks statements by one kind of client; answers look as they do over HTTP. */
sealed interface SqlClient extends AutoCloseable {

  /** The kinds of clients. */
  enum Kind {
    HTTP, JDBC, FLIGHT_JDBC, AVATICA_PROTOBUF, AVATICA_JSON
  }

  Reply ask(String sql);

  @Override
  void close();

  static SqlClient of(Kind kind, SextantServer server) throws Exception {
    String address = "127.0.0.1:" + server.httpPort();
    return switch (kind) {
      case HTTP -> new OverHttp(new HttpClientDoor(URI.create("http://" + address)));
      case JDBC -> jdbc("jdbc:sextant://" + address + "/");
      case FLIGHT_JDBC -> jdbc(
          "jdbc:arrow-flight-sql://127.0.0.1:" + server.flightPort().get(60, TimeUnit.SECONDS) + "/?useEncryption=false");
      case AVATICA_PROTOBUF -> jdbc("jdbc:avatica:remote:url=http://" + address + "/avatica;serialization=protobuf");
      case AVATICA_JSON -> jdbc("jdbc:avatica:remote:url=http://" + address + "/avatica;serialization=json");
    };
  }

  private static SqlClient jdbc(String url) throws SQLException {
    return new OverJdbc(DriverManager.getConnection(url));
  }

  /** Posts to {@code /v1/sql}. */
  record OverHttp(HttpClientDoor door) implements SqlClient {
    @Override
    public Reply ask(String sql) {
      HttpClientDoor.Reply reply = door.post("/v1/sql", JsonNodeFactory.instance.objectNode().put("sql", sql));
      return new Reply(reply.status(), reply.body());
    }

    @Override
    public void close() {
      door.close();
    }
  }

  /** Runs statements of one connection, which every error leaves usable. */
  record OverJdbc(Connection connection) implements SqlClient {
    private static final Pattern CODE = Pattern.compile(": ([A-Z_]{4,})(:| at )");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @Override
    public Reply ask(String sql) {
      try (Statement statement = connection.createStatement()) {
        ObjectNode body = JSON.objectNode();
        ArrayNode columns = body.putArray("columns");
        ArrayNode rows = body.putArray("rows");
        if (statement.execute(sql)) {
          try (ResultSet result = statement.getResultSet()) {
            read(result, columns, rows);
          }
        }
        return new Reply(200, body);
      } catch (SQLException refused) {
        ObjectNode body = JSON.objectNode();
        body.putObject("error").put("code", code(refused)).put("message", String.valueOf(refused.getMessage()));
        return new Reply(400, body);
      }
    }

    /** The SQLSTATE; Arrow's driver has none, but tells the server's message, which begins with the code. */
    private static String code(SQLException refused) {
      Matcher code = CODE.matcher(String.valueOf(refused.getMessage()));
      return refused.getSQLState() != null ? refused.getSQLState() : code.find() ? code.group(1) : "";
    }

    private static void read(ResultSet result, ArrayNode columns, ArrayNode rows) throws SQLException {
      while (result.next()) {
        ArrayNode row = rows.addArray();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(cell(result, i));
        }
      }
      labels(result.getMetaData(), rows.isEmpty()).forEach(label -> columns.addObject().put("name", label));
    }

    /** Arrow's driver, whatever the server, tells each column of a statement twice when there are no rows. */
    private static List<String> labels(ResultSetMetaData columns, boolean noRows) throws SQLException {
      List<String> labels = new ArrayList<>();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        labels.add(columns.getColumnLabel(i));
      }
      int half = labels.size() / 2;
      boolean arrows = columns.getClass().getName().startsWith("org.apache.arrow");
      boolean twice = arrows && noRows && labels.subList(0, half).equals(labels.subList(labels.size() - half, labels.size()));
      return twice && labels.size() % 2 == 0 ? labels.subList(0, half) : labels;
    }

    private static JsonNode cell(ResultSet result, int column) throws SQLException {
      return switch (result.getObject(column)) {
        case null -> JSON.nullNode();
        case Boolean truth -> JSON.booleanNode(truth);
        case Double real -> JSON.numberNode(real);
        case Float real -> JSON.numberNode(real);
        case Number number -> JSON.numberNode(new BigDecimal(number.toString()));
        case Object other -> JSON.textNode(result.getString(column));
      };
    }

    @Override
    public void close() {
      try {
        connection.close();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
