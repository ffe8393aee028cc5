// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.duckdb;

import dev.sextant.query.warehouse.statement.StreamedBatches;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** The batches of a reader with dictionary-encoded columns (DuckDB's enums) written out; other columns move over without a copy. */
final class PlainColumns implements StreamedBatches.Reader, AutoCloseable {
  private final ArrowReader reader;
  private final BufferAllocator allocator;
  private final VectorSchemaRoot encoded;
  private final VectorSchemaRoot plain;

  PlainColumns(ArrowReader reader, BufferAllocator allocator) throws IOException {
    this.reader = reader;
    this.allocator = allocator;
    this.encoded = reader.getVectorSchemaRoot();
    this.plain = VectorSchemaRoot.create(plain(encoded.getSchema()), allocator);
  }

  static boolean neededFor(Schema schema) {
    return schema.getFields().stream().anyMatch(field -> field.getDictionary() != null);
  }

  @Override
  public VectorSchemaRoot root() {
    return plain;
  }

  @Override
  public boolean loadNext() throws IOException {
    if (!reader.loadNextBatch()) {
      return false;
    }
    for (int i = 0; i < encoded.getFieldVectors().size(); i++) {
      move(encoded.getVector(i), plain.getVector(i));
    }
    plain.setRowCount(encoded.getRowCount());
    return true;
  }

  private void move(FieldVector from, FieldVector to) {
    var encoding = from.getField().getDictionary();
    if (encoding == null) {
      from.makeTransferPair(to).transfer();
      return;
    }
    try (var decoded = DictionaryEncoder.decode(from, reader.lookup(encoding.getId()), allocator)) {
      decoded.makeTransferPair(to).transfer();
    }
  }

  private Schema plain(Schema schema) {
    List<Field> fields = new ArrayList<>();
    for (Field field : schema.getFields()) {
      fields.add(field.getDictionary() == null ? field : plain(field, reader.lookup(field.getDictionary().getId())));
    }
    return new Schema(fields, schema.getCustomMetadata());
  }

  private static Field plain(Field field, Dictionary dictionary) {
    return Field.nullable(field.getName(), dictionary.getVectorType());
  }

  @Override
  public void close() {
    plain.close();
  }
}
