// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.bench;

import dev.sextant.query.QueryControl;
import dev.sextant.server.boot.OpenProject;
import dev.sextant.server.boot.SextantServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** Rows per second of a kept answer through the Flight SQL door, against a bare Flight server that streams the same batches from memory. */
final class CachedFlightBench {
  private static final String MANY = "select big, big__made_on, big__customer_name, big__size, big__weight from big";
  private static final String CACHE = "cache: {memory: 2GB, entry: 1GB, max_age: 1h}\n";

  private CachedFlightBench() {}

  static void run() throws Exception {
    long rows = Long.getLong("rows", 1_000_000);
    Path folder = ManyRows.write(Files.createTempDirectory("sextant-bench"), rows);
    Files.writeString(folder.resolve("sextant.yml"), Files.readString(folder.resolve("sextant.yml")) + CACHE);
    try (
        SextantServer server = SextantServer.start(folder, Map.of(),
            config -> config.withHost("127.0.0.1").withHttpPort(0).withFlightPort(0));
        OpenProject project = OpenProject.once(folder, Map.of(), InstantSource.system());
        PrebuiltBatches prebuilt = new PrebuiltBatches(project.warehouses()
            .apply("main")
            .run("select big_id, made_on, customer_name, size, weight from big_rows", QueryControl.unlimited("prebuilt")));
        BareFlight bare = new BareFlight(prebuilt);
        BufferAllocator memory = new RootAllocator();
        FlightSqlClient door = new FlightSqlClient(
            FlightClient.builder(memory, Location.forGrpcInsecure("127.0.0.1", server.flightPort().get())).build())) {
      String baseline = "bare Flight server, prebuilt batches";
      new Race(String.format("%,d rows x 5 columns by Flight, kept", rows))
          .baseline(baseline, () -> check(rows, bare.read("")))
          .against(baseline, "Flight SQL, kept: GetFlightInfo and DoGet",
              () -> check(rows, BareFlight.drain(door.getStream(door.execute(MANY).getEndpoints().getFirst().getTicket()))))
          .run(5, Integer.getInteger("rounds", 15));
    }
    CompileBench.delete(folder);
  }

  private static void check(long expected, long read) {
    if (expected != read) {
      throw new IllegalStateException(read + " rows instead of " + expected);
    }
  }
}
