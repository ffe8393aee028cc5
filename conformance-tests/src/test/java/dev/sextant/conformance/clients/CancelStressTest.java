// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.clients;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.flight.CancelFlightInfoRequest;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Many clients cancel at random moments, by every way there is: each goes on afterwards, and nothing of what they cancelled stays behind. */
class CancelStressTest {
  private static final int THREADS = 20;
  private static final int ROUNDS = 3;
  private static final int MOST_MILLIS = 150;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final double IDLE = 0.1;

  /** One never gets to its first row, the other never to its last. */
  private static final List<String> ENDLESS = List.of(
      "select endless__payload, measure(endlessness) from endless group by endless__payload",
      "select endless, endless__payload from endless");

  private static final ExecutorService CANCELLERS = Executors.newVirtualThreadPerTaskExecutor();

  @TempDir private Path folder;
  private int flightPort;

  @AfterAll
  static void end() {
    CANCELLERS.shutdownNow();
  }

  @Test
  void nothingStaysBehind() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (FailingServer server = FailingServer.start(folder)) {
      flightPort = server.server().flightPort().get(60, TimeUnit.SECONDS);
      List<Future<?>> clients = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        Random random = new Random(i);
        Callable<?> client = switch (i % 4) {
          case 0 -> () -> statement(server, random);
          case 1 -> () -> flight(random, true);
          case 2 -> () -> flight(random, false);
          default -> () -> disconnect(server.server().httpPort(), random);
        };
        clients.add(threads.submit(client));
      }
      for (Future<?> client : clients) {
        client.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
      waitUntil(() -> running(server.server().httpPort()) == 0);
      waitUntil(CancelStressTest::isIdle);
      // More than may run at once: a place that was not given back would keep the last of these waiting for ever.
      for (int i = 0; i < 8; i++) {
        try (Connection connection = server.connect(); Statement statement = connection.createStatement()) {
          assertThat(count(statement.executeQuery("select 1"))).isEqualTo(1);
        }
      }
    } finally {
      threads.shutdownNow();
    }
    // Closing the server has closed its allocators, which fails where bytes are still held.
  }

  private static String question(Random random) {
    return ENDLESS.get(random.nextInt(ENDLESS.size()));
  }

  private static Void statement(FailingServer server, Random random) throws Exception {
    try (Connection connection = server.connect(); Statement statement = connection.createStatement()) {
      for (int round = 0; round < ROUNDS; round++) {
        CountDownLatch ended = new CountDownLatch(1);
        int pause = 1 + random.nextInt(MOST_MILLIS);
        Future<Void> canceller = CANCELLERS.submit(() -> cancelUntil(ended, pause, statement::cancel));
        String state = "none";
        try {
          count(statement.executeQuery(question(random)));
        } catch (SQLException cancelled) {
          state = cancelled.getSQLState();
        }
        ended.countDown();
        canceller.get();
        assertThat(state).isEqualTo("57014");
        assertThat(count(statement.executeQuery("select 1"))).isEqualTo(1);
      }
    }
    return null;
  }

  /** A way to cancel. */
  private interface Cancel {
    void run() throws Exception;
  }

  /** A cancel that comes before there is anything to cancel does nothing, so it is repeated. */
  private static Void cancelUntil(CountDownLatch ended, int pauseMillis, Cancel cancel) throws Exception {
    while (!ended.await(pauseMillis, TimeUnit.MILLISECONDS)) {
      cancel.run();
    }
    return null;
  }

  private Void flight(Random random, boolean byInfo) throws Exception {
    try (BufferAllocator memory = new RootAllocator(); FlightSqlClient client = new FlightSqlClient(
        FlightClient.builder(memory, Location.forGrpcInsecure("127.0.0.1", flightPort)).build())) {
      for (int round = 0; round < ROUNDS; round++) {
        FlightInfo info = client.execute(question(random));
        CountDownLatch ended = new CountDownLatch(1);
        try (FlightStream stream = client.getStream(info.getEndpoints().getFirst().getTicket())) {
          int pause = 1 + random.nextInt(MOST_MILLIS);
          Future<Void> canceller = CANCELLERS.submit(() -> cancelUntil(ended, pause, () -> {
            if (byInfo) {
              client.cancelFlightInfo(new CancelFlightInfoRequest(info));
            } else {
              stream.cancel("enough", null);
            }
          }));
          assertThat(failure(stream)).isEqualTo(FlightStatusCode.CANCELLED);
          ended.countDown();
          canceller.get();
        }
      }
    }
    return null;
  }

  private static FlightStatusCode failure(FlightStream stream) {
    try {
      while (stream.next()) {
        continue;
      }
      return FlightStatusCode.OK;
    } catch (FlightRuntimeException e) {
      return e.status().code();
    }
  }

  /** Leaves without a word. */
  private static Void disconnect(int port, Random random) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      byte[] body = ("{\"sql\": \"" + question(random) + "\"}").getBytes(StandardCharsets.UTF_8);
      try (Socket socket = new Socket("127.0.0.1", port)) {
        socket.getOutputStream()
            .write(("POST /v1/sql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: " + body.length
                + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(body);
        Thread.sleep(random.nextInt(MOST_MILLIS));
      }
    }
    return null;
  }

  private static int count(ResultSet rows) throws SQLException {
    int count = 0;
    while (rows.next()) {
      count++;
    }
    return count;
  }

  private static int running(int port) throws IOException {
    return new ObjectMapper().readTree(URI.create("http://127.0.0.1:" + port + "/v1/queries").toURL()).path("queries").size();
  }

  /** Whether this process, and so the warehouse within it, rested for a while: a query that goes on would keep a processor busy. */
  private static boolean isIdle() throws InterruptedException {
    OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpu = process.getProcessCpuTime();
    long start = System.nanoTime();
    Thread.sleep(500);
    return process.getProcessCpuTime() - cpu < IDLE * (System.nanoTime() - start);
  }

  private static void waitUntil(Callable<Boolean> condition) throws Exception {
    Instant latest = Instant.now().plus(PATIENCE);
    while (!condition.call()) {
      assertThat(Instant.now()).isBefore(latest);
      Thread.sleep(20);
    }
  }
}
