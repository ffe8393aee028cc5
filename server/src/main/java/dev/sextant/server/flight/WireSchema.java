// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.flight;

import dev.sextant.model.DataType;
import dev.sextant.query.ResultSchema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.apache.arrow.flight.sql.FlightSqlColumnMetadata;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** The Arrow schemas that clients see: the warehouse's types under the names that were asked for, with what Flight SQL tells of columns. */
final class WireSchema {

  private WireSchema() {}

  /** The schema of an answer; {@code stored} has the types. */
  static Schema of(ResultSchema schema, Schema stored) {
    return of(schema, stored, new LinkedHashMap<>());
  }

  /** The same with {@code notes} on how the answer came about. */
  static Schema of(ResultSchema schema, Schema stored, Map<String, String> notes) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < schema.columns().size(); i++) {
      ResultSchema.Column column = schema.columns().get(i);
      Field field = stored.getFields().get(i);
      fields.add(new Field(column.name(),
          new FieldType(field.isNullable(), field.getType(), field.getDictionary(), told(column.type(), column.label().orElse(""))),
          field.getChildren()));
    }
    Map<String, String> told = new LinkedHashMap<>();
    notes.forEach((key, value) -> told.put("sextant." + key, value));
    return new Schema(fields, told);
  }

  /** A short text that differs where the names or types of columns do. */
  static String print(Schema schema) {
    CRC32C sum = new CRC32C();
    sum.update(schema.getFields().stream().map(WireSchema::typed).toList().toString().getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(sum.getValue());
  }

  private static String typed(Field field) {
    return field.getName() + ' ' + field.getType() + field.getChildren().stream().map(WireSchema::typed).toList();
  }

  /** The schema to bind parameters with. Clients make their values fit without a word, so whole numbers may be as large as there are. */
  static Schema ofParameters(List<DataType> parameters) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      fields.add(new Field("parameter_" + (i + 1), FieldType.nullable(SqlTypes.arrow(widest(parameters.get(i)))), List.of()));
    }
    return new Schema(fields);
  }

  private static DataType widest(DataType parameter) {
    return parameter.equals(DataType.INTEGER) ? DataType.BIGINT : parameter;
  }

  /** What Flight SQL tells of a column beside its name and type. */
  static Map<String, String> told(DataType type, String remarks) {
    FlightSqlColumnMetadata.Builder told = new FlightSqlColumnMetadata.Builder().typeName(SqlTypes.name(type))
        .isAutoIncrement(false)
        .isCaseSensitive(type.equals(DataType.STRING))
        .isReadOnly(true)
        .isSearchable(true);
    if (type.kind() == DataType.Kind.DECIMAL) {
      told.precision(type.precision()).scale(type.scale());
    }
    if (!remarks.isEmpty()) {
      told.remarks(remarks);
    }
    return new LinkedHashMap<>(told.build().getMetadataMap());
  }
}
