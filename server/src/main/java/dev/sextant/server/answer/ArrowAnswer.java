// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.answer;

import dev.sextant.query.QueryFacts;
import dev.sextant.query.QueryResult;
import dev.sextant.query.ResultSchema;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * An Arrow IPC stream. Written message by message: Arrow's own stream writer puts the end mark on close, after a failure too, and a broken
 * answer would look complete.
 */
final class ArrowAnswer implements AnswerWriter {
  private static final int END_OF_STREAM = 0;

  private final WriteChannel channel;

  ArrowAnswer(OutputStream out) {
    this.channel = new WriteChannel(new StreamChannel(out));
  }

  @Override
  public void begin(QueryResult result) throws IOException {
    List<Field> fields = new ArrayList<>();
    List<Field> vectors = result.root().getSchema().getFields();
    for (int i = 0; i < vectors.size(); i++) {
      fields.add(field(result.schema().columns().get(i), vectors.get(i)));
    }
    Map<String, String> told = new LinkedHashMap<>();
    if (!result.facts().queryId().isEmpty()) {
      told.put("sextant.query_id", result.facts().queryId());
    }
    result.facts().notes().forEach((key, value) -> told.put("sextant." + key, value));
    MessageSerializer.serialize(channel, new Schema(fields, told), IpcOption.DEFAULT);
  }

  private static Field field(ResultSchema.Column column, Field vector) {
    Map<String, String> told = new LinkedHashMap<>();
    told.put("sextant.type", column.type().toString());
    told.put("sextant.role", column.role().name().toLowerCase(Locale.ROOT));
    column.label().ifPresent(label -> told.put("sextant.label", label));
    return new Field(column.name(), new FieldType(vector.isNullable(), vector.getType(), vector.getDictionary(), told),
        vector.getChildren());
  }

  @Override
  public void batch(VectorSchemaRoot batch) throws IOException {
    try (ArrowRecordBatch message = new VectorUnloader(batch).getRecordBatch()) {
      MessageSerializer.serialize(channel, message, IpcOption.DEFAULT);
    }
  }

  @Override
  public void endRows(QueryFacts facts) throws IOException {
    channel.writeIntLittleEndian(MessageSerializer.IPC_CONTINUATION_TOKEN);
    channel.writeIntLittleEndian(END_OF_STREAM);
  }

  @Override
  public void end(QueryFacts facts) {
    // The end mark stands already.
  }
}
