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
import java.util.stream.IntStream;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

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
    return new Table(columns(batches.root().getSchema()), rows(batches));
  }

  static List<Table.Column> columns(Schema schema) {
    return schema.getFields().stream().map(field -> new Table.Column(field.getName(), ArrowTypes.of(field.getType()))).toList();
  }

  private static List<List<Value>> rows(ArrowBatches batches) {
    List<List<Value>> rows = new ArrayList<>();
    while (batches.loadNext()) {
      rows.addAll(rows(batches.root()));
    }
    return rows;
  }

  static List<List<Value>> rows(VectorSchemaRoot batch) {
    return IntStream.range(0, batch.getRowCount())
        .mapToObj(row -> batch.getFieldVectors().stream().map(vector -> ArrowValues.read(vector, row)).toList())
        .toList();
  }
}
