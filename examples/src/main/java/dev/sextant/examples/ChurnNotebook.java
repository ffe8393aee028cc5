// SPDX-License-Identifier: Apache-2.0
package dev.sextant.examples;

import dev.sextant.server.boot.SextantServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;

/**
 * From a training set to a served prediction, as a notebook would go: export the labelled rows, learn from them how many customers stay away, look how
 * well that holds for later rows, and ask for the features of customers as they are now.
 */
public final class ChurnNotebook {
  private static final String CUSTOMERS = "{\"view\": \"customer_activity\", \"features\": [\"orders_30d\", \"visits_14d\"], "
      + "\"expired\": true, \"keys\": [{\"customer\": 1}, {\"customer\": 2}, {\"customer\": 3}]}";

  private ChurnNotebook() {}

  /** {@code [FOLDER]}, by default {@code examples/retail}, whose data must have been made. */
  public static void main(String[] args) throws IOException, InterruptedException, SQLException {
    Path folder = Path.of(args.length > 0 ? args[0] : "examples/retail");
    try (
        SextantServer server = SextantServer.start(folder, new LinkedHashMap<>(System.getenv()),
            config -> config.withHost("127.0.0.1").withHttpPort(0).withFlightPort(0));
        HttpClient client = HttpClient.newHttpClient()) {
      String url = "http://127.0.0.1:" + server.httpPort();
      post(client, url + "/v1/runs", "{\"kind\": \"training-set\", \"name\": \"churn\", \"wait\": true}");
      Path exports = folder.resolve("training/churn");
      learn(exports.resolve(Files.readString(exports.resolve("latest")).strip()));
      post(client, url + "/v1/runs", "{\"kind\": \"feature-view\", \"name\": \"customer_activity\", \"wait\": true}");
      System.out.println("live: " + post(client, url + "/v1/features", CUSTOMERS));
    }
  }

  /** The model: of customers with as many orders and visits, how many stayed away. */
  private static void learn(Path export) throws SQLException {
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:"); Statement statement = duckdb.createStatement()) {
      String kind = "least(orders_30d, 3) as orders, visits_14d > 0 as visited";
      statement.execute("create table model as select " + kind + ", avg(churned::int) as stays_away, count(*) as customers from '" + export
          + "/train.parquet' group by all");
      print(statement, "orders %s, visited %s: %s of %s stay away",
          "select orders, visited, round(stays_away, 2), customers from model order by all");
      print(statement, "right about %s of later customers, %s by always saying the same", """
          select round(avg(((stays_away >= 0.5) = churned)::int), 2), round(greatest(avg(churned::int), 1 - avg(churned::int)), 2)
          from (select %s, churned from '%s/test.parquet') join model using (orders, visited)""".formatted(kind, export));
    }
  }

  private static void print(Statement statement, String line, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        Object[] values = new Object[rows.getMetaData().getColumnCount()];
        for (int i = 0; i < values.length; i++) {
          values[i] = String.valueOf(rows.getObject(i + 1));
        }
        System.out.println(line.formatted(values));
      }
    }
  }

  private static String post(HttpClient client, String url, String body) throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(URI.create(url)).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString()).body();
  }
}
