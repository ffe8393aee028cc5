// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.clients;

import dev.sextant.server.boot.SextantServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/** A server over rows that break at the 900,000th, and over more rows than anybody waits for. */
final class FailingServer implements AutoCloseable {
  private static final String SETTINGS = """
      name: failing
      warehouses:
        main:
          type: duckdb
          path: ":memory:"
          max_connections: 4
      """;
  private static final String MODEL = """
      semantic_models:
        - name: failing
          sql: >-
            select i as fail_id, date '2026-01-01' as at, case when i = 899999 then error('row ' || i || ' is broken') else 'x' || i end as payload
            from range(1000000) t(i)
          defaults: {agg_time_dimension: at}
          entities:
            - {name: fail, type: primary, expr: fail_id}
          dimensions:
            - {name: at, type: time, type_params: {time_granularity: day}}
            - {name: payload, type: categorical}
          measures:
            - {name: failures, agg: count, expr: fail_id}
        - name: miscast
          sql: >-
            select i as miscast_id, date '2026-01-01' as at,
            cast(case when i = 899999 then 'row ' || i || ' is broken' else i::varchar end as bigint) as number
            from range(1000000) t(i)
          defaults: {agg_time_dimension: at}
          entities:
            - {name: miscast, type: primary, expr: miscast_id}
          dimensions:
            - {name: at, type: time, type_params: {time_granularity: day}}
            - {name: number, type: categorical}
          measures:
            - {name: miscasts, agg: count, expr: miscast_id}
        - name: endless
          sql: select i as endless_id, date '2026-01-01' as at, 'x' || (i % 7) as payload from range(100000000000) t(i)
          defaults: {agg_time_dimension: at}
          entities:
            - {name: endless, type: primary, expr: endless_id}
          dimensions:
            - {name: at, type: time, type_params: {time_granularity: day}}
            - {name: payload, type: categorical}
          measures:
            - {name: endlessness, agg: count, expr: endless_id}
      metrics:
        - {name: failures, type: simple, type_params: {measure: failures}}
        - {name: miscasts, type: simple, type_params: {measure: miscasts}}
        - {name: endlessness, type: simple, type_params: {measure: endlessness}}
      """;

  private final SextantServer server;

  private FailingServer(Path folder) {
    server = SextantServer.start(folder, Map.of(), config -> config.withHost("127.0.0.1").withHttpPort(0).withFlightPort(0));
  }

  static FailingServer start(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("models"));
    Files.writeString(folder.resolve("sextant.yml"), SETTINGS);
    Files.writeString(folder.resolve("models/failing.yml"), MODEL);
    return new FailingServer(folder);
  }

  SextantServer server() {
    return server;
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sextant://127.0.0.1:" + server.httpPort() + "/");
  }

  @Override
  public void close() {
    server.close();
  }
}
