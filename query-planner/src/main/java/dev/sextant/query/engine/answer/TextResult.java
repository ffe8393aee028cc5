// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.engine.answer;

import dev.sextant.model.DataType;
import dev.sextant.query.QueryFacts;
import dev.sextant.query.QueryResult;
import dev.sextant.query.ResultSchema;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/** An answer of our own making: lines of text, or nothing at all. */
public final class TextResult implements QueryResult {
  private final BufferAllocator memory = new RootAllocator();
  private final ResultSchema schema;
  private final QueryFacts facts;
  private final VectorSchemaRoot root;
  private boolean read;

  private TextResult(String queryId, Optional<String> column, List<String> lines) {
    this.facts = new QueryFacts(queryId, List.of(), Collections.emptyMap(), Collections.emptyMap());
    this.schema = new ResultSchema(column.map(name -> List.of(new ResultSchema.Column(name, DataType.STRING, ResultSchema.Role.GROUP_BY,
        Optional.empty()))).orElse(List.of()));
    this.root = column.map(name -> filled(name, lines)).orElseGet(() -> VectorSchemaRoot.create(new Schema(List.of()), memory));
    this.read = lines.isEmpty();
  }

  public static TextResult command(String queryId) {
    return new TextResult(queryId, Optional.empty(), List.of());
  }

  public static TextResult lines(String queryId, String column, List<String> lines) {
    return new TextResult(queryId, Optional.of(column), lines);
  }

  private VectorSchemaRoot filled(String name, List<String> lines) {
    VarCharVector vector = new VarCharVector(name, memory);
    vector.allocateNew(lines.size());
    for (int i = 0; i < lines.size(); i++) {
      vector.setSafe(i, lines.get(i).getBytes(StandardCharsets.UTF_8));
    }
    vector.setValueCount(lines.size());
    return VectorSchemaRoot.of(vector);
  }

  @Override
  public ResultSchema schema() {
    return schema;
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
    if (read) {
      return false;
    }
    read = true;
    root.setRowCount(schema.columns().isEmpty() ? 0 : root.getVector(0).getValueCount());
    return true;
  }

  @Override
  public void close() {
    root.close();
    memory.close();
  }
}
