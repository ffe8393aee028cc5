// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cube;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.query.Caller;
import dev.sextant.query.Explanation;
import dev.sextant.query.MetricQuery.CacheUse;
import dev.sextant.query.MetricQuery.Options;
import dev.sextant.query.MetricQuery.RollupUse;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.SqlQuery;
import dev.sextant.server.Backend;
import dev.sextant.server.HttpMount;
import dev.sextant.server.ServerConfig;
import dev.sextant.server.ask.Questions;
import dev.sextant.server.ops.Operations;
import dev.sextant.server.ops.RunningQuery.Asked;
import dev.sextant.server.ops.WholeAnswers;
import dev.sextant.server.ops.WholeAnswers.WholeAnswer;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Cube's REST interface under {@code /cubejs-api/v1}: meta, load, subscribe, sql, dry-run and cubesql. */
public final class CubeApi {
  private static final String BASE = "/cubejs-api/v1/";
  private static final String DOOR = "cube";
  private static final long MOST_ROWS = 50_000;
  private static final Duration WAIT = Duration.ofSeconds(5);
  private static final Duration FORGOTTEN = Duration.ofSeconds(20);

  private final Backend backend;
  private final Supplier<ServerConfig> config;
  private final InstantSource clock;
  private final CubeModels models;
  private final WholeAnswers answers;
  private final PendingAnswers pending;

  private CubeApi(Backend backend, Operations operations, Supplier<ServerConfig> config, InstantSource clock, Duration wait) {
    this.backend = backend;
    this.config = config;
    this.clock = clock;
    this.models = new CubeModels(backend);
    this.answers = new WholeAnswers(operations, MOST_ROWS);
    this.pending = new PendingAnswers(clock, wait, FORGOTTEN);
  }

  /** The paths of the interface. */
  public static List<HttpMount> mounts(Backend backend, Operations operations, Supplier<ServerConfig> config, InstantSource clock) {
    return mounts(backend, operations, config, clock, WAIT);
  }

  /** The same; a request waits no longer than {@code wait} before it is told to ask again. */
  public static List<HttpMount> mounts(Backend backend, Operations operations, Supplier<ServerConfig> config, InstantSource clock,
      Duration wait) {
    CubeApi api = new CubeApi(backend, operations, config, clock, wait);
    return List.of(new CubeMount(BASE + "meta", (request, ask) -> api.meta(request)),
        new CubeMount(BASE + "load", (request, ask) -> api.load(request)),
        new CubeMount(BASE + "subscribe", (request, ask) -> api.load(request)),
        new CubeMount(BASE + "sql", (request, ask) -> api.sql(request)),
        new CubeMount(BASE + "dry-run", (request, ask) -> api.dryRun(request)),
        new CubeMount(BASE + "cubesql", (request, ask) -> api.cubeSql(request, ask.clientHasGone())));
  }

  private Object meta(CubeRequest request) {
    return new CubeMeta(models.current(request.caller())).json(request.flag("onlyViews"), backend.model().version());
  }

  /** What is asked: the queries as clients mean them, each of them one or, where ranges are compared, several. */
  private record Asking(CubeModel cubes, List<CubeQuestion> questions, CubeAnswer.Kind kind) {}

  private Asking asking(CubeRequest request) {
    CubeModel cubes = models.current(request.caller());
    List<JsonNode> queries = request.queries();
    boolean blends = request.query().isArray();
    List<CubeQuestion> questions = new ArrayList<>();
    boolean compares = false;
    for (JsonNode json : queries) {
      CubeQuery query = new JsonToCubeQuery(cubes.model().calendar().zone().getId(), zone -> phrases(cubes, zone)).read(json);
      compares |= query.compares();
      query.parts()
          .forEach(part -> questions
              .add(CubeToMetricQuery.convert(part, cubes, phrases(cubes, part.timezone()), options(request, json))));
    }
    if (compares && blends) {
      throw Problem.of(QueryIssue.UNSUPPORTED, "Data blending with compareDateRange is not supported; ask for one of them at a time.");
    }
    return new Asking(cubes, questions, compares ? CubeAnswer.Kind.COMPARED : blends ? CubeAnswer.Kind.BLENDED : CubeAnswer.Kind.REGULAR);
  }

  private DatePhrases phrases(CubeModel cubes, String zone) {
    try {
      ZoneId known = ZoneId.of(zone);
      return new DatePhrases(LocalDateTime.ofInstant(clock.instant(), known), known, cubes.model().calendar().weekStart());
    } catch (java.time.DateTimeException unknown) {
      throw Problem.of(QueryIssue.INVALID_TIME_ZONE, "'" + zone + "' is not a time zone. Write a name such as Europe/Berlin.");
    }
  }

  private static Options options(CubeRequest request, JsonNode query) {
    boolean fresh = query.path("renewQuery").asBoolean() || request.member("cache").asText().equals("no-cache");
    return new Options(Optional.empty(), fresh ? CacheUse.REFRESH : CacheUse.USE, RollupUse.EXACT);
  }

  private Object load(CubeRequest request) throws InterruptedException {
    Asking asking = asking(request);
    String key = request.caller() + " " + request.member("queryType").asText() + " " + request.query();
    PendingAnswers.Waited waited = pending.await(key, nobodyWaits -> answer(asking, request, nobodyWaits));
    return waited.answer().orElseGet(() -> {
      Map<String, Object> wait = new LinkedHashMap<>();
      wait.put("error", "Continue wait");
      wait.put("stage", "Executing query");
      wait.put("timeElapsed", waited.elapsed().toSeconds());
      return wait;
    });
  }

  private Object answer(Asking asking, CubeRequest request, BooleanSupplier nobodyWaits) {
    List<CubeAnswer.Part> parts = new ArrayList<>();
    for (CubeQuestion question : asking.questions()) {
      WholeAnswer answer = ask(question, request.caller(), nobodyWaits);
      parts.add(new CubeAnswer.Part(question, answer.rows(), total(question, answer, request.caller(), nobodyWaits), clock.instant()));
    }
    CubeAnswer answer = new CubeAnswer(asking.kind(), asking.cubes(), parts);
    boolean several = request.member("queryType").asText().equals("multi");
    if (!several && asking.kind() != CubeAnswer.Kind.REGULAR) {
      throw Problem.of(QueryIssue.INVALID_REQUEST, "A request for several results has the parameter queryType=multi.");
    }
    return several ? answer.json() : answer.first();
  }

  private WholeAnswer ask(CubeQuestion question, Caller caller, BooleanSupplier nobodyWaits) {
    return answers.ask(new Asked(DOOR, Questions.inShort(question.asked()), caller), timeout(), nobodyWaits,
        running -> backend.engine().run(question.asked(), caller, running.control()));
  }

  private Duration timeout() {
    return config.get().limits().queryTimeout();
  }

  /** How many rows there are without limit and offset. */
  private Optional<Long> total(CubeQuestion question, WholeAnswer answer, Caller caller, BooleanSupplier nobodyWaits) {
    if (!question.query().total()) {
      return Optional.empty();
    }
    boolean whole = question.query().limit().isEmpty() && question.query().offset().isEmpty();
    return Optional.of(whole ? answer.rows().size()
        : answers.count(new Asked(DOOR, "total of " + Questions.inShort(question.asked()), caller), timeout(), nobodyWaits,
            running -> backend.engine().run(question.unlimited(), caller, running.control())));
  }

  private Object sql(CubeRequest request) {
    List<Object> all = new ArrayList<>();
    for (CubeQuestion question : asking(request).questions()) {
      List<Explanation.Stage> stages = backend.engine().explain(question.asked(), request.caller()).stages();
      String sql = stages.stream().filter(stage -> stage.name().startsWith("sql")).map(Explanation.Stage::text).findFirst().orElse("");
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("status", "ok");
      json.put("sql", List.of(sql, List.of()));
      json.put("query_type", "regular");
      all.add(Map.of("sql", json));
    }
    return request.query().isArray() || all.size() > 1 ? all : all.getFirst();
  }

  private Object dryRun(CubeRequest request) {
    Asking asking = asking(request);
    List<CubeAnswer.Part> parts = asking.questions()
        .stream()
        .map(question -> new CubeAnswer.Part(question, List.of(), Optional.empty(), clock.instant()))
        .toList();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("queryType", asking.kind().text());
    json.put("normalizedQueries", asking.questions().stream().map(question -> question.query().json()).toList());
    json.put("pivotQuery", new CubeAnswer(asking.kind(), asking.cubes(), parts).pivotQuery());
    json.put("queryOrder", asking.questions()
        .stream()
        .map(question -> question.query().order().stream().map(one -> Map.of(one.member(), one.descending() ? "desc" : "asc")).toList())
        .toList());
    json.put("transformedQueries", List.of());
    return json;
  }

  private Object cubeSql(CubeRequest request, BooleanSupplier clientHasGone) {
    String text = request.member("query").asText();
    if (text.isBlank()) {
      throw Problem.of(QueryIssue.INVALID_REQUEST, "A statement is expected in 'query'.");
    }
    WholeAnswer answer = answers.ask(new Asked(DOOR, Questions.inShort(text), request.caller()), timeout(), clientHasGone,
        running -> backend.sql().run(SqlQuery.of(text), request.caller(), running.control()));
    return new CubeSqlRows(answer, clock.instant()).text();
  }
}
