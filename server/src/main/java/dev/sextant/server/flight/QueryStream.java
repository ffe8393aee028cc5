// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.flight;

import dev.sextant.model.Issue;
import dev.sextant.query.QueryResult;
import dev.sextant.server.error.Failures;
import dev.sextant.server.ops.Operations;
import dev.sextant.server.ops.RunningQuery;
import dev.sextant.server.ops.ServerMeters;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.apache.arrow.flight.FlightProducer.ServerStreamListener;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.types.pojo.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** One query's way out: all its batches and then the end, or an error. What is not ended well is never completed. */
final class QueryStream implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger("dev.sextant.query");
  private static final DictionaryProvider NO_DICTIONARIES = new DictionaryProvider.MapDictionaryProvider();

  private final Supplier<AnswerAsTold> answer;
  private final RunningQuery query;
  private final Operations operations;
  private final BufferAllocator memory;
  private final ServerStreamListener client;
  private final ReadySignal ready;

  QueryStream(Supplier<AnswerAsTold> answer, RunningQuery query, Operations operations, BufferAllocator memory,
      ServerStreamListener client) {
    this.answer = answer;
    this.query = query;
    this.operations = operations;
    this.memory = memory;
    this.client = client;
    this.ready = ReadySignal.watch(client, query.control());
  }

  @Override
  public void run() {
    long started = System.nanoTime();
    String outcome = "INTERNAL";
    try (var inLog = MDC.putCloseable("query_id", query.id())) {
      outcome = answer();
    } finally {
      operations.queries().end(query);
      operations.meters().countRows(query.rows());
      Duration took = Duration.ofNanos(System.nanoTime() - started);
      operations.meters().count(new ServerMeters.Request("flight", "statement", outcome), took);
      log(outcome, took);
    }
  }

  private String answer() {
    try (QueryResult result = answer.get().run(query.asked().caller(), query.control())) {
      boolean more = result.loadNext();
      BufferAllocator family = result.root().getFieldVectors().isEmpty() ? memory : result.root().getVector(0).getAllocator();
      Schema schema = WireSchema.of(result.schema(), result.root().getSchema(), result.facts().notes());
      try (WireBatch wire = result.encodedForms().isPresent() ? new WireBatch(schema, family)
          : new ZeroCopy(schema, family, this::isLost)) {
        return send(result, more, wire);
      }
    } catch (RuntimeException | Error failure) {
      return fail(failure);
    }
  }

  private boolean isLost() {
    return client.isCancelled() || query.control().stopped().isPresent();
  }

  /** The next batch is made while the transport writes the last. */
  private String send(QueryResult result, boolean first, WireBatch wire) {
    try {
      client.setUseZeroCopy(true);
      client.start(wire.batch(), NO_DICTIONARIES, IpcOption.DEFAULT);
      for (boolean more = first; more; more = result.loadNext()) {
        send(result.root(), wire);
      }
      query.control().check();
      operations.queries().answered(query);
      client.completed();
      return "ok";
    } catch (RuntimeException | Error failure) {
      return fail(failure);
    }
  }

  private void send(VectorSchemaRoot from, WireBatch wire) {
    if (from.getRowCount() == 0) {
      return;
    }
    ready.await();
    query.addRows(from.getRowCount());
    wire.take(from);
    client.putNext();
    wire.release();
  }

  private String fail(Throwable failure) {
    List<Issue> issues = Failures.issues(failure, query.control());
    if (Failures.isBug(issues)) {
      LOG.atError().setCause(failure).log("A fault of our own in query {}: {}", query.id(), query.asked().question());
    }
    if (!client.isCancelled()) {
      client.error(FlightErrors.of(issues));
    }
    return issues.getFirst().code().name();
  }

  private void log(String outcome, Duration took) {
    LOG.atInfo()
        .addKeyValue("door", query.asked().door())
        .addKeyValue("caller", query.asked().caller().name())
        .addKeyValue("outcome", outcome)
        .addKeyValue("rows", query.rows())
        .addKeyValue("micros", took.toNanos() / 1000)
        .log(query.asked().question());
  }
}
