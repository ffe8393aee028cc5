// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.graphql;

import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.query.Caller;
import dev.sextant.query.MetricQuery;
import dev.sextant.server.Backend;
import dev.sextant.server.ask.Questions;
import dev.sextant.server.graphqlhttp.GraphqlIssue;
import dev.sextant.server.graphqlhttp.GraphqlLimits;
import dev.sextant.server.ops.Operations;
import dev.sextant.server.ops.RunningQuery;
import dev.sextant.server.ops.WholeAnswers;
import graphql.schema.DataFetchingEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.dataloader.DataLoader;
import org.dataloader.DataLoaderFactory;
import org.dataloader.Try;

/** Asks the questions of one request: those of one level together, equal ones and those that can share a query once, the rest at the same time. */
final class Questioner {
  private static final String LOADER = "questions";
  private static final int AT_ONCE = 8;

  private final Backend backend;
  private final Operations operations;
  private final GraphqlLimits limits;
  private final Duration timeout;
  private final BooleanSupplier clientHasGone;
  private final Caller caller;
  private final Semaphore places = new Semaphore(AT_ONCE);
  private final AtomicInteger asked = new AtomicInteger();

  Questioner(Backend backend, Operations operations, GraphqlLimits limits, Duration timeout, BooleanSupplier clientHasGone,
      Caller caller) {
    this.backend = backend;
    this.operations = operations;
    this.limits = limits;
    this.timeout = timeout;
    this.clientHasGone = clientHasGone;
    this.caller = caller;
  }

  /** Asks a question together with the others of its level. */
  static CompletableFuture<Answer> ask(MetricQuery query, DataFetchingEnvironment environment) {
    DataLoader<MetricQuery, Answer> loader = Objects.requireNonNull(environment.getDataLoader(LOADER));
    return loader.load(query);
  }

  org.dataloader.DataLoaderRegistry registry() {
    DataLoader<MetricQuery, Answer> loader = DataLoaderFactory.newDataLoaderWithTry(this::answers);
    return org.dataloader.DataLoaderRegistry.newRegistry().register(LOADER, loader).build();
  }

  private CompletionStage<List<Try<Answer>>> answers(List<MetricQuery> queries) {
    SharedQueries shared = SharedQueries.of(queries, backend.model().model());
    List<CompletableFuture<Try<Answer>>> answers = shared.queries().stream().map(this::answer).toList();
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .thenCompose(done -> gather(shared, queries, answers));
  }

  /** A shared query that failed says nothing of its parts: they are asked alone. */
  private CompletionStage<List<Try<Answer>>> gather(SharedQueries shared, List<MetricQuery> queries,
      List<CompletableFuture<Try<Answer>>> answers) {
    List<CompletableFuture<Try<Answer>>> each = new java.util.ArrayList<>();
    for (int i = 0; i < queries.size(); i++) {
      int place = shared.placeOf(i);
      boolean alone = shared.queries().get(place).equals(queries.get(i));
      each.add(alone || answers.get(place).join().isSuccess() ? answers.get(place) : answer(queries.get(i)));
    }
    return CompletableFuture.allOf(each.toArray(CompletableFuture[]::new))
        .thenApply(done -> each.stream().map(CompletableFuture::join).toList());
  }

  private CompletableFuture<Try<Answer>> answer(MetricQuery query) {
    CompletableFuture<Try<Answer>> answer = new CompletableFuture<>();
    Thread.ofVirtual().name("graphql-question").start(() -> answer.complete(Try.tryCall(() -> run(query))));
    return answer;
  }

  private Answer run(MetricQuery query) throws InterruptedException {
    if (asked.incrementAndGet() > limits.queries()) {
      throw new SextantException(Issue.of(GraphqlIssue.GRAPHQL_TOO_MANY_QUERIES, Position.NOWHERE,
          "This request asks the warehouse more than " + limits.queries() + " questions; ask them in several requests."));
    }
    places.acquire();
    try {
      return ask(query);
    } finally {
      places.release();
    }
  }

  private Answer ask(MetricQuery query) {
    WholeAnswers answers = new WholeAnswers(operations, limits.rows());
    WholeAnswers.WholeAnswer answer = answers.ask(new RunningQuery.Asked("graphql", Questions.inShort(query), caller), timeout,
        clientHasGone, running -> backend.engine().run(query, running.asked().caller(), running.control()));
    return Answer.of(query, answer.schema(), answer.rows(), answer.facts());
  }
}
