// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.activation.FeatureVersion;
import dev.sextant.activation.feature.OnlineStores;
import dev.sextant.conformance.door.HttpClientDoor;
import dev.sextant.model.ModelResult;
import dev.sextant.model.load.ModelLoader;
import dev.sextant.server.boot.SextantServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Online features over HTTP: 50 features of 1 key and of 100 keys at 1, 8 and 32 connections of wrk, which is a process of its own, against
 * bare handlers that fetch the same packed rows from RocksDB: one sends as many bytes that were made before, one writes the values.
 */
final class ServingBench {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ROUNDS = Integer.getInteger("rounds", 5);
  private static final int CUSTOMERS = 10_000;
  private static final int ORDERS = 300_000;
  private static final int BODIES = 200;
  private static final List<String> NAMES = List.of("a bare handler, same rows, an answer made before",
      "a bare handler, same rows, values by Jackson", "POST /v1/features");
  private static final List<Integer> KEYS = List.of(1, 100);
  private static final List<Integer> CONNECTIONS = List.of(1, 8, 32);

  private ServingBench() {}

  static void run() throws Exception {
    Path folder = ServingProject.write(Files.createTempDirectory("sextant-bench"), CUSTOMERS, ORDERS);
    try (
        SextantServer server = SextantServer.start(folder, Map.of(),
            config -> config.withHost("127.0.0.1").withHttpPort(0).withFlightPort(0));
        HttpClientDoor door = new HttpClientDoor(URI.create("http://127.0.0.1:" + server.httpPort()))) {
      HttpClientDoor.Reply run = door.post("/v1/runs",
          JSON.createObjectNode().put("kind", "feature-view").put("name", ServingProject.VIEW).put("wait", true));
      if (!run.body().path("state").asText().equals("succeeded")) {
        throw new IllegalStateException(run.body().toString());
      }
      Map<Integer, byte[]> answers = new LinkedHashMap<>();
      for (int keys : KEYS) {
        HttpClientDoor.Reply answer = door.post("/v1/features", body(keys, new Random(keys)));
        answers.put(keys, answer.body().toString().getBytes(StandardCharsets.UTF_8));
      }
      FeatureVersion version = served(folder);
      try (BareRows bare = new BareRows(folder.resolve(".sextant/online"), version, answers)) {
        for (int keys : KEYS) {
          Random random = new Random(keys);
          List<String> bodies = IntStream.range(0, BODIES).mapToObj(i -> body(keys, random).toString()).toList();
          Wrk ours = Wrk.post("http://127.0.0.1:" + server.httpPort() + "/v1/features", bodies, folder);
          Wrk ready = Wrk.post(bare.url(false), bodies, folder);
          Wrk written = Wrk.post(bare.url(true), bodies, folder);
          for (Wrk each : List.of(ready, written, ours)) {
            each.over(CONNECTIONS.getLast()).run(); // one connection alone is not enough to warm up
          }
          for (int connections : CONNECTIONS) {
            race(keys + " x 50 features, " + answers.getOrDefault(keys, new byte[0]).length + " bytes, " + connections + " connections",
                List.of(ready.over(connections), written.over(connections), ours.over(connections)));
          }
        }
      }
    }
    CompileBench.delete(folder);
  }

  private static FeatureVersion served(Path folder) {
    if (!(ModelLoader.load(folder, Map.of()) instanceof ModelResult.Valid valid)) {
      throw new IllegalStateException("the project is not valid");
    }
    try (OnlineStores stores = new OnlineStores(valid.model().project(), true)) {
      return stores.store("local").serving(ServingProject.VIEW).orElseThrow();
    }
  }

  private static ObjectNode body(int keys, Random random) {
    ObjectNode body = JSON.createObjectNode().put("view", ServingProject.VIEW);
    ArrayNode list = body.putArray("keys");
    for (int i = 0; i < keys; i++) {
      list.addObject().put("customer", random.nextInt(CUSTOMERS));
    }
    return body;
  }

  private static void race(String title, List<Wrk> all) throws Exception {
    List<List<Wrk.Figures>> figures = all.stream().<List<Wrk.Figures>>map(any -> new ArrayList<>()).toList();
    for (int round = -1; round < ROUNDS; round++) {
      for (int i = 0; i < all.size(); i++) {
        Wrk.Figures measured = all.get(i).run();
        if (round >= 0) {
          figures.get(i).add(measured);
        }
      }
    }
    System.out.printf("%s (median of %d rounds)%n", title, ROUNDS);
    for (int i = 0; i < all.size(); i++) {
      System.out.printf("  %-46s %,8.0f requests/s, p50 %6.2f ms, p99 %6.2f ms   ours has %.2f of its rate%n", NAMES.get(i),
          of(figures.get(i), Wrk.Figures::rate), of(figures.get(i), Wrk.Figures::median), of(figures.get(i), Wrk.Figures::p99),
          ratio(figures.getLast(), figures.get(i)));
    }
  }

  private static double ratio(List<Wrk.Figures> ours, List<Wrk.Figures> other) {
    return median(IntStream.range(0, ours.size()).mapToObj(i -> ours.get(i).rate() / other.get(i).rate()).toList());
  }

  private static double of(List<Wrk.Figures> figures, ToDoubleFunction<Wrk.Figures> which) {
    return median(figures.stream().map(which::applyAsDouble).toList());
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(Double.NaN);
  }
}
