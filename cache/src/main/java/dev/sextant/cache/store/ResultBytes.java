// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache.store;

import dev.sextant.cache.CacheKey;
import dev.sextant.cache.CachedResult;
import dev.sextant.model.DataType;
import dev.sextant.query.ResultSchema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ReadChannel;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowMessage;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * An answer as bytes: an Arrow stream whose schema tells the rest about it, and a checksum behind. Bytes that are not whole, not of the key or
 * damaged are no answer.
 */
final class ResultBytes {
  private static final String KEY = "sextant.key";
  private static final String AS_OF = "sextant.as_of";
  private static final String COLUMN = "sextant.column.";
  private static final String NOTE = "sextant.note.";
  private static final int COLUMN_PARTS = 5;

  private ResultBytes() {}

  static byte[] write(CacheKey key, CachedResult result) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) Math.min(Integer.MAX_VALUE / 2, result.batchBytes() + (4 << 10)));
    WriteChannel channel = new WriteChannel(Channels.newChannel(bytes));
    MessageSerializer.serialize(channel, new Schema(result.arrow().getFields(), told(key, result)));
    for (ArrowRecordBatch batch : result.batches()) {
      MessageSerializer.serialize(channel, batch);
    }
    channel.writeIntLittleEndian(MessageSerializer.IPC_CONTINUATION_TOKEN);
    channel.writeIntLittleEndian(0);
    byte[] body = bytes.toByteArray();
    return ByteBuffer.allocate(body.length + Long.BYTES).put(body).putLong(checksum(body, body.length)).array();
  }

  private static Map<String, String> told(CacheKey key, CachedResult result) {
    Map<String, String> told = new LinkedHashMap<>();
    told.put(KEY, key.digest());
    told.put(AS_OF, result.asOf().toString());
    List<ResultSchema.Column> columns = result.schema().columns();
    for (int i = 0; i < columns.size(); i++) {
      ResultSchema.Column column = columns.get(i);
      DataType type = column.type();
      told.put(COLUMN + i, String.join("\n", type.kind().name(), String.valueOf(type.precision()), String.valueOf(type.scale()),
          column.role().name(), column.label().map(label -> "=" + label).orElse("")));
      told.put(COLUMN + i + ".name", column.name());
    }
    result.notes().forEach((note, text) -> told.put(NOTE + note, text));
    return told;
  }

  private static long checksum(byte[] bytes, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, length);
    return checksum.getValue();
  }

  /** Reads an answer into {@code memory}; nothing where the bytes are not what was written for the key. */
  static Optional<CachedResult> read(CacheKey key, byte[] bytes, BufferAllocator memory) throws IOException {
    int length = bytes.length - Long.BYTES;
    if (length <= 0 || ByteBuffer.wrap(bytes).getLong(length) != checksum(bytes, length)) {
      return Optional.empty();
    }
    ReadChannel channel = new ReadChannel(Channels.newChannel(new ByteArrayInputStream(bytes, 0, length)));
    Schema schema = MessageSerializer.deserializeSchema(channel);
    Map<String, String> told = schema.getCustomMetadata();
    if (!key.digest().equals(told.get(KEY))) {
      return Optional.empty();
    }
    return Optional.of(new CachedResult(columns(told, schema), new Schema(schema.getFields()), batches(channel, memory), memory,
        Instant.parse(told.get(AS_OF)), notes(told)));
  }

  private static List<ArrowRecordBatch> batches(ReadChannel channel, BufferAllocator memory) throws IOException {
    List<ArrowRecordBatch> batches = new ArrayList<>();
    try {
      for (ArrowMessage message = MessageSerializer.deserializeMessageBatch(channel, memory); message != null; message = MessageSerializer
          .deserializeMessageBatch(channel, memory)) {
        if (!(message instanceof ArrowRecordBatch batch)) {
          message.close();
          throw new IOException("an answer that is kept has record batches only");
        }
        batches.add(batch);
      }
      return batches;
    } catch (Exception failure) {
      batches.forEach(ArrowRecordBatch::close);
      throw new IOException(failure);
    }
  }

  private static ResultSchema columns(Map<String, String> told, Schema schema) throws IOException {
    List<ResultSchema.Column> columns = new ArrayList<>();
    for (int i = 0; i < schema.getFields().size(); i++) {
      String[] parts = told.getOrDefault(COLUMN + i, "").split("\n", COLUMN_PARTS);
      if (parts.length != COLUMN_PARTS) {
        throw new IOException("an answer that is kept does not tell its columns");
      }
      DataType type = new DataType(DataType.Kind.valueOf(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
      columns.add(new ResultSchema.Column(told.getOrDefault(COLUMN + i + ".name", ""), type, ResultSchema.Role.valueOf(parts[3]),
          parts[4].isEmpty() ? Optional.empty() : Optional.of(parts[4].substring(1))));
    }
    return new ResultSchema(columns);
  }

  private static Map<String, String> notes(Map<String, String> told) {
    Map<String, String> notes = new LinkedHashMap<>();
    told.forEach((name, text) -> {
      if (name.startsWith(NOTE)) {
        notes.put(name.substring(NOTE.length()), text);
      }
    });
    return notes;
  }
}
