// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.arrow;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowDictionaryBatch;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.calcite.avatica.util.Cursor.Accessor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Values that stand in dictionaries, which streams replace and extend as they go. */
class DictionariesTest {
  private static final long ID = 7;

  private final BufferAllocator allocator = new RootAllocator();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final WriteChannel channel = new WriteChannel(Channels.newChannel(bytes));

  @AfterEach
  void close() {
    allocator.close();
  }

  private void schema() throws IOException {
    DictionaryEncoding encoding = new DictionaryEncoding(ID, false, new ArrowType.Int(8, true));
    MessageSerializer.serialize(channel, new Schema(List.of(new Field("c", new FieldType(true, ArrowType.Utf8.INSTANCE, encoding), null))));
  }

  private void dictionary(boolean delta, @Nullable String... values) throws IOException {
    try (VarCharVector vector = new VarCharVector("v", allocator)) {
      vector.allocateNew();
      for (int i = 0; i < values.length; i++) {
        String value = values[i];
        if (value != null) {
          vector.setSafe(i, value.getBytes(StandardCharsets.UTF_8));
        }
      }
      vector.setValueCount(values.length);
      try (VectorSchemaRoot root = VectorSchemaRoot.of(vector);
          ArrowDictionaryBatch batch = new ArrowDictionaryBatch(ID, new VectorUnloader(root).getRecordBatch(), delta)) {
        MessageSerializer.serialize(channel, batch);
      }
    }
  }

  private void numbers(int... numbers) throws IOException {
    try (TinyIntVector vector = new TinyIntVector("c", allocator)) {
      vector.allocateNew();
      for (int i = 0; i < numbers.length; i++) {
        if (numbers[i] >= 0) {
          vector.setSafe(i, numbers[i]);
        }
      }
      vector.setValueCount(numbers.length);
      try (VectorSchemaRoot root = VectorSchemaRoot.of(vector); ArrowRecordBatch batch = new VectorUnloader(root).getRecordBatch()) {
        MessageSerializer.serialize(channel, batch);
      }
    }
  }

  private List<@Nullable String> read() throws Exception {
    channel.writeIntLittleEndian(MessageSerializer.IPC_CONTINUATION_TOKEN);
    channel.writeIntLittleEndian(0);
    ArrowStream stream = new ArrowStream(new ByteArrayInputStream(bytes.toByteArray()));
    Accessor accessor = stream.accessors(TimeZone.getDefault()).get(0);
    List<@Nullable String> values = new ArrayList<>();
    while (stream.next()) {
      String text = accessor.getString();
      assertThat(accessor.wasNull()).isEqualTo(text == null);
      assertThat(accessor.getObject()).isEqualTo(text);
      values.add(text);
    }
    assertThat(stream.type(0).name()).isEqualTo("VARCHAR");
    return values;
  }

  @Test
  void numbersBecomeValues() throws Exception {
    schema();
    dictionary(false, "new", "paid", null);
    numbers(1, 0, -1, 2, 1);
    numbers(0);
    assertThat(read()).containsExactly("paid", "new", null, null, "paid", "new");
  }

  @Test
  void dictionariesAreReplaced() throws Exception {
    schema();
    dictionary(false, "a", "b");
    numbers(1);
    dictionary(false, "x", "y");
    numbers(1);
    assertThat(read()).containsExactly("b", "y");
  }

  @Test
  void dictionariesGrow() throws Exception {
    schema();
    dictionary(false, "a", "b");
    numbers(0, 1);
    dictionary(true, "c");
    dictionary(true, "d", "e");
    numbers(0, 2, 4, 3);
    assertThat(read()).containsExactly("a", "b", "a", "c", "e", "d");
  }
}
