// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.bench;

import dev.sextant.model.DataType;
import dev.sextant.query.QueryFacts;
import dev.sextant.query.QueryResult;
import dev.sextant.query.ResultSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.VectorSchemaRoot;

/** An answer of one batch that was there before, so that the engine costs nothing. */
final class SmallResult implements QueryResult {
  static final ResultSchema SCHEMA = new ResultSchema(
      List.of(new ResultSchema.Column("country", DataType.STRING, ResultSchema.Role.GROUP_BY, Optional.empty()),
          new ResultSchema.Column("month", DataType.DATE, ResultSchema.Role.GROUP_BY, Optional.empty()),
          new ResultSchema.Column("revenue", DataType.decimal(18, 2), ResultSchema.Role.METRIC, Optional.empty()),
          new ResultSchema.Column("orders", DataType.BIGINT, ResultSchema.Role.METRIC, Optional.empty())));

  private final VectorSchemaRoot root;
  private final QueryFacts facts;
  private boolean told;

  SmallResult(VectorSchemaRoot root, String queryId) {
    this.root = root;
    this.facts = new QueryFacts(queryId,
        List.of(new QueryFacts.Statement("main", "select country, month, sum(amount) from orders group by 1, 2")),
        Map.of("plan", 150L), Map.of());
  }

  @Override
  public ResultSchema schema() {
    return SCHEMA;
  }

  @Override
  public QueryFacts facts() {
    return facts;
  }

  @Override
  public VectorSchemaRoot root() {
    return root;
  }

  @Override
  public boolean loadNext() {
    boolean first = !told;
    told = true;
    return first;
  }

  @Override
  public void close() {
    // The batch is used again.
  }
}
