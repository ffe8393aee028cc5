// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.bench;

import dev.sextant.query.ArrowBatches;
import dev.sextant.query.QueryControl;
import dev.sextant.query.Warehouse;
import java.nio.charset.StandardCharsets;
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
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** The shortest way there is from a warehouse to a Flight client: streams whatever SQL a ticket holds, and does nothing else. */
final class BareFlight implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 60_000;

  private final BufferAllocator memory = new RootAllocator();
  private final Producer producer;
  private final FlightServer server;
  private final FlightClient client;

  BareFlight(Warehouse warehouse) throws Exception {
    producer = new Producer(warehouse);
    server = FlightServer.builder(memory, Location.forGrpcInsecure("127.0.0.1", 0), producer).build().start();
    client = FlightClient.builder(memory, Location.forGrpcInsecure("127.0.0.1", server.getPort())).build();
  }

  /** Reads the answer of {@code sql} to its end, and returns how many rows it had. */
  long read(String sql) throws Exception {
    forget();
    return drain(client.getStream(new Ticket(sql.getBytes(StandardCharsets.UTF_8))));
  }

  /** Lets go of the answer before, which the transport has written by now. */
  private void forget() {
    for (ArrowBatches batches = producer.read.poll(); batches != null; batches = producer.read.poll()) {
      batches.close();
    }
  }

  static long drain(FlightStream stream) throws Exception {
    try (stream) {
      long rows = 0;
      while (stream.next()) {
        rows += stream.getRoot().getRowCount();
      }
      return rows;
    }
  }

  @Override
  public void close() throws Exception {
    client.close();
    server.close();
    producer.threads.shutdown();
    forget();
    memory.close();
  }

  /** Streams on a thread of its own. */
  private static final class Producer extends NoOpFlightProducer {
    private final Warehouse warehouse;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<ArrowBatches> read = new LinkedBlockingQueue<>();

    Producer(Warehouse warehouse) {
      this.warehouse = warehouse;
    }

    @Override
    public void getStream(CallContext context, Ticket ticket, ServerStreamListener listener) {
      BackpressureStrategy backpressure = new BackpressureStrategy.CallbackBackpressureStrategy();
      backpressure.register(listener);
      threads.execute(() -> stream(new String(ticket.getBytes(), StandardCharsets.UTF_8), listener, backpressure));
    }

    private void stream(String sql, ServerStreamListener listener, BackpressureStrategy backpressure) {
      try {
        ArrowBatches batches = warehouse.run(sql, QueryControl.unlimited("bare"));
        listener.setUseZeroCopy(true);
        listener.start(batches.root());
        while (batches.loadNext()) {
          if (backpressure.waitForListener(PATIENCE_MILLIS) != BackpressureStrategy.WaitResult.READY) {
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
}
