// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.flight;

import dev.sextant.server.ServerConfig;
import dev.sextant.server.boot.OpenProject;
import dev.sextant.server.ops.Operations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.flight.CallOption;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightEndpoint;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Schema;

/** A Flight door over a real project, and Arrow's own client before it. Closing fails when memory was lost on either side. */
final class FlightUnderTest implements AutoCloseable {
  private static final String MODEL = """
      semantic_models:
        - name: sales
          table: sales
          defaults: {agg_time_dimension: sold_at}
          entities:
            - {name: sale, type: primary, expr: sale_id}
          dimensions:
            - {name: sold_at, type: time, type_params: {time_granularity: day}}
            - {name: country, type: categorical}
            - {name: pieces, type: categorical}
            - {name: price, type: categorical}
          measures:
            - {name: revenue, agg: sum, expr: amount}
            - {name: sales_count, agg: count, expr: sale_id}
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
        - name: big
          sql: >-
            select i as big_id, date '2026-01-01' + (i % 365)::int as made_on, 'customer ' || (i % 1000) as customer_name, (i % 100)::int as size,
            i / 7.0::double as weight from range(5000000) t(i)
          defaults: {agg_time_dimension: made_on}
          entities:
            - {name: big, type: primary, expr: big_id}
          dimensions:
            - {name: made_on, type: time, type_params: {time_granularity: day}}
            - {name: customer_name, type: categorical}
            - {name: size, type: categorical}
            - {name: weight, type: categorical}
          measures:
            - {name: bigs, agg: count, expr: big_id}
      metrics:
        - {name: revenue, label: Revenue, description: Money in, type: simple, type_params: {measure: revenue}}
        - {name: sales_count, type: simple, type_params: {measure: sales_count}}
        - {name: average_sale, type: ratio, type_params: {numerator: revenue, denominator: sales_count}}
        - {name: failures, type: simple, type_params: {measure: failures}}
        - {name: bigs, type: simple, type_params: {measure: bigs}}
      """;
  private static final String SETTINGS = """
      name: small
      server:
        %s
      warehouses:
        main:
          type: duckdb
          path: ":memory:"
          init:
            - >-
              create table sales as select * from (values (1, date '2026-01-05', 'DE', 10.50::decimal(18, 2), 1, 0.5::double),
              (2, date '2026-01-20', 'DE', 20, 2, 1.5), (3, date '2026-02-01', 'FR', 5, 3, 2.5), (4, date '2026-02-02', NULL, 7.25, NULL, NULL),
              (5, date '2026-02-03', 'DE', 1, 5, 4.5), (6, date '2026-03-01', 'FR', 100, 6, 5.5))
              t(sale_id, sold_at, country, amount, pieces, price)
      """;

  private final OpenProject project;
  private final Operations operations = Operations.start(InstantSource.system());
  private final BufferAllocator memory = new RootAllocator();
  private final FlightDoor door;

  private FlightUnderTest(Path folder) {
    project = OpenProject.once(folder, new LinkedHashMap<>(), InstantSource.system());
    door = new FlightDoor(project, operations, InstantSource.system());
    door.open(() -> ServerConfig.DEFAULT.withHost("localhost").withFlightPort(0));
  }

  /** Opens a door over a small project with {@code settings} below its {@code server:}. */
  static FlightUnderTest open(Path folder, String settings) throws IOException {
    write(folder, SETTINGS.formatted(settings), MODEL);
    return new FlightUnderTest(folder);
  }

  private static void write(Path folder, String settings, String model) throws IOException {
    Files.createDirectories(folder.resolve("models"));
    Files.writeString(folder.resolve("sextant.yml"), settings);
    Files.writeString(folder.resolve("models/sales.yml"), model);
  }

  static FlightUnderTest open(Path folder) throws IOException {
    return open(folder, "http: 0");
  }

  /** Opens a door over a project that is there already. */
  static FlightUnderTest over(Path folder) {
    return new FlightUnderTest(folder);
  }

  OpenProject project() {
    return project;
  }

  Operations operations() {
    return operations;
  }

  BufferAllocator memory() {
    return memory;
  }

  int port() {
    return door.port();
  }

  FlightSqlClient client() {
    return new FlightSqlClient(FlightClient.builder(memory, Location.forGrpcInsecure("localhost", port())).build());
  }

  /** An answer that was read to its end. */
  record Answer(Schema schema, List<List<String>> rows) {}

  /** Reads an answer to its end; values are as Arrow prints them. */
  static Answer read(FlightSqlClient client, FlightInfo info, CallOption... options) throws Exception {
    List<List<String>> rows = new ArrayList<>();
    List<Schema> schemas = new ArrayList<>();
    for (FlightEndpoint endpoint : info.getEndpoints()) {
      try (FlightStream stream = client.getStream(endpoint.getTicket(), options)) {
        schemas.add(stream.getSchema());
        while (stream.next()) {
          for (int row = 0; row < stream.getRoot().getRowCount(); row++) {
            List<String> cells = new ArrayList<>();
            for (FieldVector vector : stream.getRoot().getFieldVectors()) {
              cells.add(vector.isNull(row) ? "null" : Objects.requireNonNull(vector.getObject(row)).toString());
            }
            rows.add(cells);
          }
        }
      }
    }
    return new Answer(schemas.getFirst(), rows);
  }

  static Answer ask(FlightSqlClient client, String sql, CallOption... options) throws Exception {
    return read(client, client.execute(sql, options), options);
  }

  @Override
  public void close() {
    door.close();
    operations.close();
    project.close();
    memory.close();
  }
}
