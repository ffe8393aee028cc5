// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache.testing;

import dev.sextant.model.DataType;
import dev.sextant.query.Caller;
import dev.sextant.query.Explanation;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.PlannedQuery;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryEngine;
import dev.sextant.query.QueryFacts;
import dev.sextant.query.QueryPlanner;
import dev.sextant.query.QueryResult;
import dev.sextant.query.ResultSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * A warehouse of one number: every answer is the number as it is then, as often as asked for, in batches of 1000 rows. The SQL names the
 * question and the caller's roles, as policies make it do.
 */
public final class TestWarehouse implements QueryPlanner<MetricQuery>, QueryEngine {
  public volatile long number = 1;
  public volatile int rows = 1;
  public volatile Consumer<QueryControl> beforeRun = control -> {};
  public volatile Runnable beforeBatch = () -> {};
  public final AtomicInteger runs = new AtomicInteger();
  public final AtomicInteger plans = new AtomicInteger();
  public final AtomicInteger open = new AtomicInteger();
  public final BufferAllocator memory = new RootAllocator();

  @Override
  public PlannedQuery plan(MetricQuery question, Caller caller) {
    plans.incrementAndGet();
    String sql = "SELECT " + question.metrics() + " WHERE " + question.where() + " AND roles = " + caller.roles();
    List<QueryFacts.Statement> statements = List.of(new QueryFacts.Statement("main", sql));
    return new PlannedQuery() {
      @Override
      public List<QueryFacts.Statement> statements() {
        return statements;
      }

      @Override
      public Optional<ResultSchema> schema() {
        return Optional.of(schemaOfNumbers());
      }

      @Override
      public List<String> datasets() {
        return List.of("orders");
      }

      @Override
      public boolean isCurrent() {
        return true;
      }

      @Override
      public QueryResult run(QueryControl control) {
        runs.incrementAndGet();
        beforeRun.accept(control);
        control.check();
        return new Numbers(control, statements, caller.roles().size() * 1_000_000L + number, rows);
      }
    };
  }

  private static ResultSchema schemaOfNumbers() {
    return new ResultSchema(
        List.of(new ResultSchema.Column("number", DataType.BIGINT, ResultSchema.Role.METRIC, Optional.empty())));
  }

  @Override
  public QueryResult run(MetricQuery query, Caller caller, QueryControl control) {
    return plan(query, caller).run(control);
  }

  @Override
  public Explanation explain(MetricQuery query, Caller caller) {
    return new Explanation(List.of());
  }

  private final class Numbers implements QueryResult {
    private static final int BATCH = 1_000;
    private final QueryControl control;
    private final List<QueryFacts.Statement> statements;
    private final long value;
    private final BigIntVector vector = new BigIntVector("number", memory);
    private final VectorSchemaRoot root = VectorSchemaRoot.of(vector);
    private int left;

    private Numbers(QueryControl control, List<QueryFacts.Statement> statements, long value, int rows) {
      this.control = control;
      this.statements = statements;
      this.value = value;
      this.left = rows;
      open.incrementAndGet();
    }

    @Override
    public ResultSchema schema() {
      return schemaOfNumbers();
    }

    @Override
    public QueryFacts facts() {
      return new QueryFacts(control.queryId(), statements, new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    @Override
    public VectorSchemaRoot root() {
      return root;
    }

    @Override
    public boolean loadNext() {
      beforeBatch.run();
      control.check();
      int count = Math.min(left, BATCH);
      left -= count;
      vector.allocateNew(Math.max(1, count));
      for (int i = 0; i < count; i++) {
        vector.set(i, value);
      }
      root.setRowCount(count);
      return count > 0;
    }

    @Override
    public void close() {
      root.close();
      open.decrementAndGet();
    }
  }
}
