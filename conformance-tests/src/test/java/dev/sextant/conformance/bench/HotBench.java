// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.conformance.door.HttpClientDoor;
import dev.sextant.conformance.script.QueryText;
import dev.sextant.server.ask.MetricQueryToJson;
import dev.sextant.server.boot.SextantServer;
import dev.sextant.server.ops.LogForm;
import dev.sextant.server.ops.Logs;
import io.javalin.Javalin;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Requests per second of an answer of 10 KB that is kept, as JSON, against a bare Javalin handler that sends the same bytes: 32 connections of
 * wrk, which is a process of its own. The server logs every query, as it does when it serves.
 */
final class HotBench {
  private static final int ROUNDS = 5;
  private static final int ROWS = 10_000;
  private static final int WARM_UPS = 3;

  private HotBench() {}

  static void run() throws Exception {
    Path folder = Files.createTempDirectory("sextant-bench");
    Path shop = ManyRows.write(folder, ROWS);
    ObjectNode query = MetricQueryToJson.write(QueryText.parse(
        "query bigs by big__made_on, big__customer_name order by big__made_on, big__customer_name limit 250")).put("max_age", "1 hour");
    PrintStream console = System.err;
    try (
        SextantServer server = SextantServer.start(shop, Map.of(),
            config -> config.withHost("127.0.0.1").withHttpPort(0).withFlightPort(0));
        HttpClientDoor door = new HttpClientDoor(URI.create("http://127.0.0.1:" + server.httpPort()))) {
      byte[] answer = door.post("/v1/query", query).body().toString().getBytes(StandardCharsets.UTF_8);
      Javalin bare = Javalin.create(config -> {
        config.startup.showJavalinBanner = false;
        config.routes.post("/bare", context -> context.contentType("application/json").result(answer));
        config.routes.get("/bare", context -> context.contentType("application/json").result(answer));
      }).start("127.0.0.1", 0);
      System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
      Logs.use(LogForm.TEXT);
      try {
        String url = "http://127.0.0.1:" + server.httpPort() + "/v1/query";
        String inUrl = url + "?q=" + URLEncoder.encode(query.toString(), StandardCharsets.UTF_8);
        Map<String, Wrk> runs = new LinkedHashMap<>();
        runs.put("a bare Javalin handler, same bytes", Wrk.post("http://127.0.0.1:" + bare.port() + "/bare", query.toString(), folder));
        runs.put("POST /v1/query, kept", Wrk.post(url, query.toString(), folder));
        runs.put("a bare Javalin handler, GET", Wrk.get("http://127.0.0.1:" + bare.port() + "/bare"));
        runs.put("GET /v1/query, kept", Wrk.get(inUrl));
        race(answer.length, runs);
      } finally {
        System.setErr(console);
        bare.stop();
      }
    }
    CompileBench.delete(folder);
  }

  private static void race(int bytes, Map<String, Wrk> runs) throws Exception {
    Map<String, List<Wrk.Figures>> figures = new LinkedHashMap<>();
    for (int round = -WARM_UPS; round < ROUNDS; round++) {
      for (Map.Entry<String, Wrk> run : runs.entrySet()) {
        Wrk.Figures measured = run.getValue().run();
        if (round >= 0) {
          figures.computeIfAbsent(run.getKey(), any -> new ArrayList<>()).add(measured);
        }
      }
    }
    System.out.printf("%nA kept answer of %,d bytes over HTTP, 32 connections (median of %d rounds)%n", bytes, ROUNDS);
    List<String> names = List.copyOf(runs.keySet());
    for (int i = 0; i < names.size(); i++) {
      List<Wrk.Figures> mine = figures.getOrDefault(names.get(i), List.of());
      List<Wrk.Figures> base = figures.getOrDefault(names.get(i / 2 * 2), List.of());
      System.out.printf("  %-40s %,8.0f requests/s, p99 %6.2f ms   %s%n", names.get(i), median(mine.stream().map(Wrk.Figures::rate)),
          median(mine.stream().map(Wrk.Figures::p99)), i % 2 == 0 ? "baseline"
              : String.format("%.2f x the rate, %.2f x the p99", ratio(mine, base, Wrk.Figures::rate),
                  ratio(mine, base, Wrk.Figures::p99)));
    }
  }

  private static double ratio(List<Wrk.Figures> mine, List<Wrk.Figures> base, java.util.function.ToDoubleFunction<Wrk.Figures> figure) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < mine.size(); i++) {
      ratios.add(figure.applyAsDouble(mine.get(i)) / figure.applyAsDouble(base.get(i)));
    }
    return median(ratios.stream());
  }

  private static double median(java.util.stream.Stream<Double> values) {
    List<Double> sorted = values.sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
