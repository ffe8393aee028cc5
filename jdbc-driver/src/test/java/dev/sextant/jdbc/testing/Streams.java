// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** Arrow IPC streams as Arrow's own writer makes them. */
public final class Streams {

  private Streams() {}

  /** A stream of {@code batches} of {@code rows} rows each; {@code fill} sets the vectors to a batch, given its number. */
  public static byte[] of(List<FieldVector> vectors, int batches, int rows, IntConsumer fill) {
    return of(vectors, Map.of(), batches, rows, fill);
  }

  /** The same with metadata of the schema. */
  public static byte[] of(List<FieldVector> vectors, Map<String, String> metadata, int batches, int rows, IntConsumer fill) {
    fill.accept(0); // what lists and structs hold is only known once they hold something
    List<Field> fields = vectors.stream().map(FieldVector::getField).toList();
    VectorSchemaRoot root = new VectorSchemaRoot(new Schema(fields, metadata), vectors, rows);
    return write(root, null, writer -> {
      for (int batch = 0; batch < batches; batch++) {
        fill.accept(batch);
        root.setRowCount(rows);
        writer.writeBatch();
      }
    });
  }

  /** Writes batches. */
  public interface Batches {
    void write(ArrowStreamWriter writer) throws IOException;
  }

  /** A stream of what {@code batches} writes. */
  public static byte[] write(VectorSchemaRoot root, @org.jspecify.annotations.Nullable DictionaryProvider dictionaries, Batches batches) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ArrowStreamWriter writer = new ArrowStreamWriter(root, dictionaries, out)) {
      writer.start();
      batches.write(writer);
      writer.end();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }

  /** A column that the server declares to be of a type. */
  public static Field declared(String name, org.apache.arrow.vector.types.pojo.ArrowType type, String declared) {
    return new Field(name, new FieldType(true, type, null, Map.of("sextant.type", declared)), List.of());
  }
}
