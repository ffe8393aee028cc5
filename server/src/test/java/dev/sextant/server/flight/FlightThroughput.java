// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.flight;

import dev.sextant.query.ArrowBatches;
import dev.sextant.query.QueryControl;
import dev.sextant.query.Warehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.arrow.flight.BackpressureStrategy;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightServer;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.NoOpFlightProducer;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** Prints how fast a million rows of five columns come through the door, and through a bare Flight server over the same warehouse. */
final class FlightThroughput {
  private static final String THROUGH_THE_DOOR = "SELECT big, big__made_on__day, big__customer_name, big__size, big__weight FROM big LIMIT %d";
  private static final int WARM_UPS = 5;

  private FlightThroughput() {}

  /** Streams whatever SQL a ticket holds, in the shortest way there is. */
  private static final class Bare extends NoOpFlightProducer {
    private final Warehouse warehouse;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    Bare(Warehouse warehouse) {
      this.warehouse = warehouse;
    }

    @Override
    public void getStream(CallContext context, Ticket ticket, ServerStreamListener listener) {
      BackpressureStrategy backpressure = new BackpressureStrategy.CallbackBackpressureStrategy();
      backpressure.register(listener);
      threads.execute(() -> stream(new String(ticket.getBytes(), java.nio.charset.StandardCharsets.UTF_8), listener, backpressure));
    }

    private void stream(String sql, ServerStreamListener listener, BackpressureStrategy backpressure) {
      try {
        ArrowBatches batches = warehouse.run(sql, QueryControl.unlimited("bare"));
        listener.setUseZeroCopy(true);
        listener.start(batches.root());
        while (batches.loadNext()) {
          if (backpressure.waitForListener(60_000) != BackpressureStrategy.WaitResult.READY) {
            throw new IllegalStateException("the client does not read");
          }
          listener.putNext();
        }
        listener.completed();
        Thread.sleep(20);
        batches.close();
      } catch (Exception failure) {
        listener.error(failure);
      }
    }
  }

  public static void main(String[] arguments) throws Exception {
    long rows = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1_000_000;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 15;
    Path folder = Files.createTempDirectory("flight-throughput");
    try (FlightUnderTest flight = FlightUnderTest.open(folder); BufferAllocator memory = new RootAllocator()) {
      Warehouse warehouse = flight.project().warehouses().apply("main");
      // Both read a table that is there, so that the transport is compared and not the making of rows.
      String text = "select i as big_id, date '2026-01-01' + (i %% 365)::int as made_on, 'customer ' || (i %% 1000) as customer_name,"
          + " (i %% 100)::int as size, i / 7.0::double as weight from range(%d) t(i)";
      String bareSql = "select big_id, made_on::timestamp, customer_name, size, weight from (" + text.formatted(5_000_000) + ") limit " + rows;
      FlightServer server = FlightServer.builder(memory, Location.forGrpcInsecure("localhost", 0), new Bare(warehouse)).build().start();
      try (FlightSqlClient door = flight.client();
          FlightClient bare = FlightClient.builder(memory, Location.forGrpcInsecure("localhost", server.getPort())).build()) {
        Ticket ticket = new Ticket(bareSql.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        List<Double> throughDoor = new ArrayList<>();
        List<Double> throughBare = new ArrayList<>();
        for (int round = -WARM_UPS; round < rounds; round++) {
          long start = System.nanoTime();
          long bareRows = drain(bare.getStream(ticket));
          long middle = System.nanoTime();
          long doorRows = drain(door.getStream(door.execute(THROUGH_THE_DOOR.formatted(rows)).getEndpoints().getFirst().getTicket()));
          long end = System.nanoTime();
          if (bareRows != rows || doorRows != rows) {
            throw new IllegalStateException(bareRows + " and " + doorRows + " rows");
          }
          if (round >= 0) {
            throughBare.add(rows * 1e3 / (middle - start));
            throughDoor.add(rows * 1e3 / (end - middle));
          }
        }
        System.out.printf("%,d rows x 5 columns, median of %d rounds: bare %.2f M rows/s, door %.2f M rows/s, ratio %.2f (best: %.2f, %.2f, %.2f)%n",
            rows, rounds, median(throughBare), median(throughDoor), median(throughDoor) / median(throughBare), Collections.max(throughBare),
            Collections.max(throughDoor), Collections.max(throughDoor) / Collections.max(throughBare));
      } finally {
        server.close();
      }
    }
    System.exit(0);
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private static long drain(FlightStream stream) throws Exception {
    try (stream) {
      long rows = 0;
      while (stream.next()) {
        rows += stream.getRoot().getRowCount();
      }
      return rows;
    }
  }
}
