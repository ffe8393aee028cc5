// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.engine.answer;

import dev.sextant.query.ArrowBatches;
import dev.sextant.query.QueryFacts;
import dev.sextant.query.QueryResult;
import dev.sextant.query.ResultSchema;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;

/** A warehouse's batches with what is known of them, under the names of the answer also where a dialect had to shorten them. */
public record StreamedResult(ResultSchema schema, QueryFacts facts, ArrowBatches batches) implements QueryResult {

  @Override
  public VectorSchemaRoot root() {
    VectorSchemaRoot root = batches.root();
    List<String> names = schema.columns().stream().map(ResultSchema.Column::name).toList();
    return names.equals(root.getSchema().getFields().stream().map(Field::getName).toList()) ? root : renamed(root, names);
  }

  private static VectorSchemaRoot renamed(VectorSchemaRoot root, List<String> names) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      FieldVector vector = root.getFieldVectors().get(i);
      fields.add(new Field(names.get(i), vector.getField().getFieldType(), vector.getField().getChildren()));
    }
    return new VectorSchemaRoot(fields, root.getFieldVectors(), root.getRowCount());
  }

  @Override
  public boolean loadNext() {
    return batches.loadNext();
  }

  @Override
  public void close() {
    batches.close();
  }
}
