// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.bench;

import dev.sextant.server.ServerConfig;
import dev.sextant.server.http.HttpDoor;
import dev.sextant.server.ops.Operations;
import dev.sextant.server.testing.FakeBackend;
import dev.sextant.server.testing.FakeEngine;
import io.javalin.Javalin;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * What the HTTP door costs: a query of ten rows, which the engine has ready, against a bare Javalin handler that returns the same bytes.
 * Arguments: connections (4), seconds per turn (3), turns (5).
 */
public final class HttpOverhead {
  private static final String BODY = "{\"metrics\": [\"revenue\", \"orders\"], \"group_by\": [\"country\", \"metric_time__month\"], \"limit\": 10}";

  private HttpOverhead() {}

  public static void main(String[] arguments) throws Exception {
    int connections = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 4;
    int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
    int turns = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5;
    FakeEngine engine = new FakeEngine();
    VectorSchemaRoot rows = rows();
    engine.answer((query, control) -> new SmallResult(rows, control.queryId()));
    HttpDoor door = new HttpDoor(new FakeBackend(engine), Operations.start(InstantSource.system()), InstantSource.system(),
        List.of());
    door.open(() -> ServerConfig.DEFAULT.withHttpPort(0));
    byte[] answer = ask(door.port());
    Javalin bare = Javalin.create(config -> {
      config.startup.showJavalinBanner = false;
      config.concurrency.useVirtualThreads = true;
      config.routes.post("/v1/query", context -> {
        context.bodyAsBytes();
        context.contentType("application/json").result(answer);
      });
    }).start(0);
    System.out.printf("%d connections, %d bytes of answer%n", connections, answer.length);
    double best = 0;
    double bestBare = 0;
    for (int turn = 0; turn <= turns; turn++) {
      double plain = rate(bare.port(), connections, seconds);
      double query = rate(door.port(), connections, seconds);
      System.out.printf("%s bare %,8.0f/s   query %,8.0f/s   ratio %.2f%n", turn == 0 ? "warm-up" : "turn " + turn, plain, query,
          plain / query);
      best = turn == 0 ? 0 : Math.max(best, query);
      bestBare = turn == 0 ? 0 : Math.max(bestBare, plain);
    }
    System.out.printf("best of %d: bare %,.0f/s, query %,.0f/s: a query costs %.2f times a bare handler%n", turns, bestBare, best,
        bestBare / best);
    System.exit(0);
  }

  private static double rate(int port, int connections, int seconds) throws Exception {
    List<Callable<Long>> clients = new ArrayList<>();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    for (int i = 0; i < connections; i++) {
      clients.add(() -> hammer(port, end));
    }
    long started = System.nanoTime();
    long count = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
      for (Future<Long> client : threads.invokeAll(clients)) {
        count += client.get();
      }
    }
    return count * 1e9 / (System.nanoTime() - started);
  }

  private static long hammer(int port, long end) throws IOException {
    long count = 0;
    try (RawClient client = new RawClient(port, "/v1/query", BODY)) {
      while (System.nanoTime() < end) {
        if (client.exchange() < 100) {
          throw new IOException("that was no answer");
        }
        count++;
      }
    }
    return count;
  }

  private static byte[] ask(int port) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/query"))
            .POST(HttpRequest.BodyPublishers.ofString(BODY))
            .build(), BodyHandlers.ofByteArray())
        .body();
  }

  private static VectorSchemaRoot rows() {
    RootAllocator allocator = new RootAllocator();
    VarCharVector countries = new VarCharVector("country", allocator);
    DateDayVector months = new DateDayVector("month", allocator);
    DecimalVector revenue = new DecimalVector("revenue", allocator, 18, 2);
    BigIntVector orders = new BigIntVector("orders", allocator);
    for (int i = 0; i < 10; i++) {
      countries.setSafe(i, ("Country " + i).getBytes(StandardCharsets.UTF_8));
      months.setSafe(i, 20_000 + 31 * i);
      revenue.setSafe(i, BigDecimal.valueOf(1_234_567L * (i + 1), 2));
      orders.setSafe(i, 1_000L * i);
    }
    VectorSchemaRoot root = new VectorSchemaRoot(List.<FieldVector>of(countries, months, revenue, orders));
    root.setRowCount(10);
    return root;
  }
}
