// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.testing;

import dev.sextant.model.DataType;
import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryFacts;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.QueryResult;
import dev.sextant.query.ResultSchema;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** A generated answer of three columns and any number of rows, which may fail or wait at any row. */
public final class FakeResult implements QueryResult {
  private static final int BATCH = 2_048;

  private final BufferAllocator allocator;
  private final QueryControl control;
  private final long rows;
  private final VectorSchemaRoot root;
  private final BigIntVector ids;
  private final VarCharVector names;
  private final Float8Vector values;
  private long done;
  private long failingRow = Long.MAX_VALUE;
  private RuntimeException failure = new SextantException(
      Issue.of(QueryIssue.WAREHOUSE_ERROR, Position.NOWHERE, "The warehouse broke down."));
  private Runnable beforeBatch = () -> {
  };
  private Optional<QueryFacts> facts = Optional.empty();
  private boolean closed;

  public FakeResult(BufferAllocator parent, QueryControl control, long rows) {
    this.allocator = parent.newChildAllocator("fake", 0, Long.MAX_VALUE);
    this.control = control;
    this.rows = rows;
    this.ids = new BigIntVector("id_in_warehouse", allocator);
    this.names = new VarCharVector("name_in_warehouse", allocator);
    this.values = new Float8Vector("value_in_warehouse", allocator);
    this.root = new VectorSchemaRoot(List.<FieldVector>of(ids, names, values));
  }

  /** Fails instead of delivering row {@code row}. */
  public FakeResult failingAt(long row) {
    failingRow = row;
    return this;
  }

  public FakeResult failingWith(RuntimeException thrown) {
    failure = thrown;
    return this;
  }

  public FakeResult withFacts(QueryFacts told) {
    facts = Optional.of(told);
    return this;
  }

  /** Does something before each batch. */
  public FakeResult before(Runnable action) {
    beforeBatch = action;
    return this;
  }

  @Override
  public ResultSchema schema() {
    return new ResultSchema(List.of(new ResultSchema.Column("id", DataType.BIGINT, ResultSchema.Role.GROUP_BY, Optional.empty()),
        new ResultSchema.Column("name", DataType.STRING, ResultSchema.Role.GROUP_BY, Optional.of("The \"name\"")),
        new ResultSchema.Column("value", DataType.DOUBLE, ResultSchema.Role.METRIC, Optional.empty())));
  }

  @Override
  public QueryFacts facts() {
    return facts.orElseGet(this::someFacts);
  }

  private QueryFacts someFacts() {
    Map<String, Long> stages = new LinkedHashMap<>();
    stages.put("plan", 1_500L);
    stages.put("execute", 20_042L);
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put("cache", "miss");
    notes.put("age_ms", "12");
    return new QueryFacts(control.queryId(), List.of(new QueryFacts.Statement("main", "select \"id\" from t")), stages, notes);
  }

  @Override
  public VectorSchemaRoot root() {
    return root;
  }

  @Override
  public boolean loadNext() {
    beforeBatch.run();
    control.check();
    if (failingRow < done + BATCH) {
      throw failure;
    }
    int count = (int) Math.min(BATCH, rows - done);
    ids.allocateNew(count);
    values.allocateNew(count);
    names.allocateNew(count);
    for (int i = 0; i < count; i++) {
      ids.set(i, done + i);
      names.setSafe(i, ("name " + (done + i)).getBytes(StandardCharsets.UTF_8));
      values.set(i, (done + i) / 4.0);
    }
    root.setRowCount(count);
    done += count;
    return count > 0;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      root.close();
      allocator.close();
    }
  }
}
