// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.flight;

import dev.sextant.query.ArrowBatches;
import dev.sextant.query.Caller;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryResult;
import dev.sextant.query.SqlQuery;
import dev.sextant.query.Warehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
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
  private static final String THROUGH_THE_DOOR = "SELECT big, big__made_on, big__customer_name, big__size, big__weight FROM big";
  private static final int WARM_UPS = 5;

  private FlightThroughput() {}

  /** Streams whatever SQL a ticket holds, in the shortest way there is. */
  private static final class Bare extends NoOpFlightProducer {
    private final Warehouse warehouse;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<ArrowBatches> read = new LinkedBlockingQueue<>();

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
        read.add(batches);
        listener.completed();
      } catch (Exception failure) {
        listener.error(failure);
      }
    }
  }

  public static void main(String[] arguments) throws Exception {
    long rows = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1_000_000;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 15;
    Path folder = Files.createTempDirectory("flight-throughput");
    try (FlightUnderTest flight = FlightUnderTest.stored(folder, rows); BufferAllocator memory = new RootAllocator()) {
      Warehouse warehouse = flight.project().warehouses().apply("main");
      String sql = THROUGH_THE_DOOR;
      String bareSql;
      try (QueryResult same = flight.project().sql().run(SqlQuery.of(sql), Caller.ANONYMOUS, QueryControl.unlimited("sql"))) {
        bareSql = same.facts().statements().getFirst().sql();
      }
      Bare producer = new Bare(warehouse);
      FlightServer server = FlightServer.builder(memory, Location.forGrpcInsecure("localhost", 0), producer).build().start();
      try (FlightSqlClient door = flight.client();
          FlightClient bare = FlightClient.builder(memory, Location.forGrpcInsecure("localhost", server.getPort())).build()) {
        Ticket ticket = new Ticket(bareSql.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        List<Double> throughDoor = new ArrayList<>();
        List<Double> throughBare = new ArrayList<>();
        List<Double> whole = new ArrayList<>();
        List<Double> planning = new ArrayList<>();
        for (int round = -WARM_UPS; round < rounds; round++) {
          long start = System.nanoTime();
          long bareRows = drain(bare.getStream(ticket));
          long middle = System.nanoTime();
          Ticket asked = door.execute(sql).getEndpoints().getFirst().getTicket();
          long planned = System.nanoTime();
          long doorRows = drain(door.getStream(asked));
          long end = System.nanoTime();
          Thread.sleep(100);
          producer.read.take().close();
          if (bareRows != rows || doorRows != rows) {
            throw new IllegalStateException(bareRows + " and " + doorRows + " rows");
          }
          if (round >= 0) {
            throughBare.add(rows * 1e3 / (middle - start));
            throughDoor.add(rows * 1e3 / (end - planned));
            whole.add(rows * 1e3 / (end - middle));
            planning.add((planned - middle) / 1e6);
          }
        }
        System.out.printf(
            "%,d rows x 5 columns, %d rounds, M rows/s median (best): bare DoGet %.2f (%.2f), the door's DoGet %.2f (%.2f), ratio %.2f"
                + " (%.2f); with its GetFlightInfo of %.1f ms %.2f (%.2f), ratio %.2f (%.2f)%n",
            rows, rounds, median(throughBare),
            Collections.max(throughBare), median(throughDoor), Collections.max(throughDoor), median(throughDoor) / median(throughBare),
            Collections.max(throughDoor) / Collections.max(throughBare), median(planning), median(whole), Collections.max(whole),
            median(whole) / median(throughBare), Collections.max(whole) / Collections.max(throughBare));
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
