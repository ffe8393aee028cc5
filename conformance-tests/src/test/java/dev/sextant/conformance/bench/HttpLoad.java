// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.bench;

import dev.sextant.conformance.door.MetricQueryToJson;
import dev.sextant.query.MetricQuery;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Clients that ask questions over HTTP, each one after the other in an order of its own, all at the same time. */
final class HttpLoad {
  private static final long SEED = 6;

  private final List<HttpRequest> requests = new ArrayList<>();

  HttpLoad(int port, List<MetricQuery> queries) {
    for (MetricQuery query : queries) {
      requests.add(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/query"))
          .header("Content-Type", "application/json")
          .POST(HttpRequest.BodyPublishers.ofString(MetricQueryToJson.write(query).toString()))
          .build());
    }
  }

  /** What came of it: questions answered per second, and what half and 99 % of them took at most, in milliseconds. */
  record Outcome(double perSecond, double median, double p99, int busy) {}

  /** What one client saw. */
  private record Seen(List<Double> millis, int busy) {}

  /** Asks each question once. */
  void askEach() throws IOException, InterruptedException {
    try (HttpClient client = client()) {
      for (HttpRequest request : requests) {
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
          throw new IllegalStateException(response.body());
        }
      }
    }
  }

  Outcome run(int clients, Duration time) throws Exception {
    long started = System.nanoTime();
    long until = started + time.toNanos();
    List<Future<Seen>> running = new ArrayList<>();
    List<Double> millis = new ArrayList<>();
    int busy = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
      for (int i = 0; i < clients; i++) {
        Random random = new Random(SEED + i);
        running.add(threads.submit(() -> askUntil(until, random)));
      }
      for (Future<Seen> one : running) {
        millis.addAll(one.get().millis());
        busy += one.get().busy();
      }
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    Collections.sort(millis);
    return new Outcome(millis.size() / seconds, at(millis, 0.5), at(millis, 0.99), busy);
  }

  private static double at(List<Double> sorted, double share) {
    return sorted.get((int) Math.min(sorted.size() - 1L, Math.floor(sorted.size() * share)));
  }

  private Seen askUntil(long until, Random random) throws IOException, InterruptedException {
    List<Double> millis = new ArrayList<>();
    int busy = 0;
    List<HttpRequest> mine = new ArrayList<>(requests);
    try (HttpClient client = client()) {
      while (System.nanoTime() < until) {
        Collections.shuffle(mine, random);
        for (HttpRequest request : mine) {
          if (System.nanoTime() >= until) {
            break;
          }
          long started = System.nanoTime();
          HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
          switch (response.statusCode()) {
            case 200 -> millis.add((System.nanoTime() - started) / 1e6);
            case 429 -> busy++;
            default -> throw new IllegalStateException("status " + response.statusCode());
          }
        }
      }
    }
    return new Seen(millis, busy);
  }

  private static HttpClient client() {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }
}
