// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.door;

import dev.sextant.conformance.Table;
import dev.sextant.conformance.Value;
import dev.sextant.model.DataType;
import dev.sextant.query.ArrowBatches;
import dev.sextant.query.QueryResult;
import dev.sextant.query.ResultSchema;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Drains Arrow streams into tables. */
public final class ArrowTables {

  private ArrowTables() {}

  /** All rows of an answer, under its schema. */
  public static Table read(QueryResult result) {
    List<List<Value>> rows = rows(result);
    checkTypes(result);
    return new Table(result.schema().columns().stream().map(column -> new Table.Column(column.name(), column.type())).toList(), rows);
  }

  /** What the schema declares is what arrives. */
  private static void checkTypes(QueryResult result) {
    for (int i = 0; i < result.schema().columns().size(); i++) {
      ResultSchema.Column column = result.schema().columns().get(i);
      DataType arrived = ArrowTypes.of(result.root().getSchema().getFields().get(i).getType());
      if (arrived.kind() != column.type().kind()) {
        throw new IllegalStateException("column '" + column.name() + "' is declared " + column.type() + " but arrives as " + arrived);
      }
    }
  }

  /** All rows of a plain stream, typed as Arrow types them. */
  public static Table read(ArrowBatches batches) {
    List<Table.Column> columns = batches.root()
        .getSchema()
        .getFields()
        .stream()
        .map(field -> new Table.Column(field.getName(), ArrowTypes.of(field.getType())))
        .toList();
    return new Table(columns, rows(batches));
  }

  private static List<List<Value>> rows(ArrowBatches batches) {
    List<List<Value>> rows = new ArrayList<>();
    while (batches.loadNext()) {
      VectorSchemaRoot root = batches.root();
      for (int row = 0; row < root.getRowCount(); row++) {
        int at = row;
        rows.add(root.getFieldVectors().stream().map(vector -> ArrowValues.read(vector, at)).toList());
      }
    }
    return rows;
  }
}
