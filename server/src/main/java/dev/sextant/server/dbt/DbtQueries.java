// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.dbt;

import dev.sextant.query.Caller;
import dev.sextant.query.Explanation;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.server.Backend;
import dev.sextant.server.ServerConfig;
import dev.sextant.server.ask.Questions;
import dev.sextant.server.error.Failures;
import dev.sextant.server.ops.Operations;
import dev.sextant.server.ops.RunningQuery.Asked;
import dev.sextant.server.ops.WholeAnswers;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Creates queries, runs them in the background, and answers who polls for their pages. */
final class DbtQueries {
  private static final String DOOR = "dbt";
  private static final int ROWS_PER_PAGE = 1024;
  private static final long MOST_BYTES_OF_ONE = 64L << 20;
  private static final long MOST_BYTES = 256L << 20;
  private static final Duration KEPT = Duration.ofMinutes(5);
  /** How long a poll waits for a query about to end: clients that hear RUNNING look again half a second later. */
  private static final Duration POLL = Duration.ofMillis(400);

  private final Backend backend;
  private final Supplier<ServerConfig> config;
  private final InstantSource clock;
  private final WholeAnswers answers;
  private final DbtJobs jobs;

  DbtQueries(Backend backend, Operations operations, Supplier<ServerConfig> config, InstantSource clock) {
    this.backend = backend;
    this.config = config;
    this.clock = clock;
    this.answers = new WholeAnswers(operations, Long.MAX_VALUE);
    this.jobs = DbtJobs.empty(clock, KEPT, MOST_BYTES);
  }

  void wire(RuntimeWiring.Builder wiring) {
    wiring.type("Mutation", mutation -> mutation.dataFetcher("createQuery", environment -> created(input(environment).query(), environment))
        .dataFetcher("createDimensionValuesQuery", environment -> created(input(environment).values(), environment))
        .dataFetcher("createSynchronousQuery", this::synchronous)
        .dataFetcher("compileSql", environment -> compiled(input(environment).query(), environment))
        .dataFetcher("compileDimensionValuesSql", environment -> compiled(input(environment).values(), environment)));
    wiring.type("Query", query -> query.dataFetcher("query", this::polled));
    wiring.type("QueryResult", result -> result.dataFetcher("jsonResult", DbtQueries::json));
  }

  private static DbtInput input(DataFetchingEnvironment environment) {
    return new DbtInput(environment.getArguments());
  }

  private static Caller caller(DataFetchingEnvironment environment) {
    return environment.getGraphQlContext().getOrDefault(Caller.class, Caller.ANONYMOUS);
  }

  private Map<String, Object> created(MetricQuery query, DataFetchingEnvironment environment) {
    return Map.of("queryId", start(query, caller(environment)).id());
  }

  private DbtJob start(MetricQuery query, Caller caller) {
    DbtJob job = new DbtJob(UUID.randomUUID().toString(), caller, query, clock.instant());
    jobs.add(job);
    Thread.ofVirtual().name("dbt-query").start(() -> job.outcome().complete(run(job)));
    return job;
  }

  private DbtJob.Outcome run(DbtJob job) {
    try {
      ArrowPages pages = new ArrowPages(ROWS_PER_PAGE, MOST_BYTES_OF_ONE);
      return answers.write(new Asked(DOOR, Questions.inShort(job.query()), job.caller()), config.get().limits().queryTimeout(),
          () -> jobs.isForgotten(job), running -> backend.engine().run(job.query(), job.caller(), running.control()), pages,
          result -> new DbtJob.Outcome.Answered(result.facts()
              .statements()
              .stream()
              .map(statement -> statement.sql())
              .collect(Collectors.joining(";\n")), result.schema(), pages.pages()));
    } catch (RuntimeException | Error failure) {
      return new DbtJob.Outcome.Failed(Failures.issues(failure));
    }
  }

  private Map<String, @Nullable Object> synchronous(DataFetchingEnvironment environment) {
    DbtJob job = start(input(environment).query(), caller(environment));
    job.outcome().join();
    return state(job, page(environment));
  }

  private static int page(DataFetchingEnvironment environment) {
    return Objects.requireNonNull(environment.<Integer>getArgument("pageNum"));
  }

  private Map<String, @Nullable Object> polled(DataFetchingEnvironment environment) throws InterruptedException, ExecutionException {
    DbtJob job = jobs.find(Objects.requireNonNull(environment.<String>getArgument("queryId")), caller(environment));
    try {
      job.outcome().get(POLL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException stillRunning) {
      return entry(job, "RUNNING");
    }
    return state(job, page(environment));
  }

  private static Map<String, @Nullable Object> entry(DbtJob job, String status) {
    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
    entry.put("queryId", job.id());
    entry.put("status", status);
    return entry;
  }

  private static Map<String, @Nullable Object> state(DbtJob job, int page) {
    return switch (job.outcome().join()) {
      case DbtJob.Outcome.Failed failed -> {
        Map<String, @Nullable Object> entry = entry(job, "FAILED");
        entry.put("error", failed.issues().stream().map(issue -> issue.message()).collect(Collectors.joining("\n")));
        entry.put("errorType", failed.issues().getFirst().code().name());
        yield entry;
      }
      case DbtJob.Outcome.Answered answered -> {
        Map<String, @Nullable Object> entry = entry(job, "SUCCESSFUL");
        if (page < 1 || page > answered.pages().size()) {
          throw Problem.of(QueryIssue.INVALID_REQUEST, "There is no page " + page + "; the result has " + answered.pages().size() + ".");
        }
        entry.put("sql", answered.sql());
        entry.put("totalPages", answered.pages().size());
        entry.put("arrowResult", Base64.getEncoder().encodeToString(answered.pages().get(page - 1)));
        entry.put("page", new ArrowPage(answered.pages().get(page - 1), answered.schema()));
        yield entry;
      }
    };
  }

  private static @Nullable String json(DataFetchingEnvironment environment) throws IOException {
    Map<String, Object> result = Objects.requireNonNull(environment.getSource());
    if (!(result.get("page") instanceof ArrowPage page)) {
      return null;
    }
    String text = page.json(Objects.requireNonNull(environment.<String>getArgument("orient")));
    boolean encoded = Boolean.TRUE.equals(environment.<Boolean>getArgument("encoded"));
    return encoded ? Base64.getEncoder().encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)) : text;
  }

  private Map<String, Object> compiled(MetricQuery query, DataFetchingEnvironment environment) {
    List<Explanation.Stage> stages = backend.engine().explain(query, caller(environment)).stages();
    String sql = stages.stream()
        .filter(stage -> stage.name().startsWith("sql"))
        .map(Explanation.Stage::text)
        .collect(Collectors.joining(";\n"));
    return Map.of("queryId", UUID.randomUUID().toString(), "sql", sql);
  }
}
