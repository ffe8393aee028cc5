// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.arrow;

import dev.sextant.jdbc.wire.ArrowFormatException;
import dev.sextant.jdbc.wire.Batch;
import dev.sextant.jdbc.wire.Bytes;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;
import org.apache.calcite.avatica.util.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * Reads an Arrow IPC stream row by row. All batches share one array, so memory grows with the largest batch only. A stream that ends without
 * its end mark is broken, whatever the transport says: the sender had no chance to say that all is there.
 */
public final class ArrowStream {
  private static final int CONTINUATION = -1;
  private static final int MOST_BELIEVED = 64 << 20;
  private static final int LONGEST_METADATA = 256 << 20;

  private final InputStream in;
  private final Rows rows = new Rows();
  private final Map<Long, Dictionary> dictionaries;
  private final List<CursorColumn> columns;
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private byte[] body = {};
  private @Nullable Message ahead;
  private boolean ended;

  /** Reads the schema. */
  public ArrowStream(InputStream in) throws IOException {
    this.in = in;
    Message first = message();
    if (first == null || first.headerType() != MessageHeader.Schema) {
      throw new ArrowFormatException("An Arrow stream begins with its schema, and this one does not.");
    }
    try {
      Schema schema = (Schema) first.header(new Schema());
      if (schema.endianness() != Endianness.Little) {
        throw new ArrowFormatException("The stream is big-endian, which this driver does not read.");
      }
      for (int i = 0; i < schema.customMetadataLength(); i++) {
        KeyValue entry = schema.customMetadata(i);
        metadata.put(String.valueOf(entry.key()), String.valueOf(entry.value()));
      }
      SchemaColumns made = new SchemaColumns(rows);
      columns = made.columns(schema);
      dictionaries = made.dictionaries();
    } catch (RuntimeException malformed) {
      throw new ArrowFormatException("The stream's schema is malformed.");
    }
  }

  /** The accessors of the columns, which read the current row. */
  public List<Cursor.Accessor> accessors(TimeZone zone) {
    columns.forEach(column -> column.zone(zone));
    dictionaries.values().forEach(dictionary -> dictionary.zone(zone));
    return new ArrayList<>(columns);
  }

  public int columnCount() {
    return columns.size();
  }

  public String name(int column) {
    return columns.get(column).name();
  }

  public ColumnType type(int column) {
    return columns.get(column).type();
  }

  /** What the sender tells about the answer as a whole. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** Goes to the next row; false at the end. */
  public boolean next() throws IOException {
    return ++rows.index < rows.count || nextBatch();
  }

  /** Whether the value read last was NULL. */
  public boolean wasNull() {
    return rows.wasNull;
  }

  /** Whether any row follows the current one. */
  public boolean hasMore() throws IOException {
    if (rows.index + 1 < rows.count) {
      return true;
    }
    while (ahead == null && !ended) {
      Message next = message();
      if (next != null && !isEmpty(next)) {
        ahead = next;
      }
    }
    return !ended;
  }

  private static boolean isEmpty(Message message) {
    return message.headerType() == MessageHeader.RecordBatch && message.bodyLength() == 0
        && ((RecordBatch) message.header(new RecordBatch())).length() == 0;
  }

  /** Goes to the first batch, so that the first {@link #next()} is its first row; tells early failures early. */
  public boolean begin() throws IOException {
    boolean any = nextBatch();
    rows.index = -1;
    return any;
  }

  private boolean nextBatch() throws IOException {
    while (!ended) {
      Message message = ahead == null ? message() : ahead;
      ahead = null;
      if (message != null && read(message)) {
        rows.index = 0;
        return true;
      }
    }
    rows.index = -1;
    rows.count = 0;
    return false;
  }

  /** Reads a message's body; true if it holds rows. */
  private boolean read(Message message) throws IOException {
    try {
      int length = length(message.bodyLength(), Integer.MAX_VALUE - 8);
      switch (message.headerType()) {
        case MessageHeader.RecordBatch :
          body = body.length >= length ? body(body, length) : body(length);
          Batch batch = new Batch((RecordBatch) message.header(new RecordBatch()), body, length);
          for (CursorColumn column : columns) {
            column.bind(batch);
          }
          rows.count = batch.rows();
          return rows.count > 0;
        case MessageHeader.DictionaryBatch :
          dictionary((DictionaryBatch) message.header(new DictionaryBatch()), body(length));
          return false;
        default :
          throw new ArrowFormatException("The stream holds a " + MessageHeader.name(message.headerType()) + " where rows are expected.");
      }
    } catch (RuntimeException malformed) {
      throw new ArrowFormatException("A record batch is malformed.");
    }
  }

  private void dictionary(DictionaryBatch header, byte[] values) throws ArrowFormatException {
    Dictionary dictionary = dictionaries.get(header.id());
    RecordBatch data = header.data();
    if (dictionary == null || data == null) {
      throw new ArrowFormatException("The stream holds a dictionary that no column uses.");
    }
    Batch batch = new Batch(data, values, values.length);
    if (header.isDelta()) {
      dictionary.add(batch);
    } else {
      dictionary.replace(batch);
    }
  }

  /** Reads up to the next message's body; null at the end mark. */
  private @Nullable Message message() throws IOException {
    int length = number();
    if (length == CONTINUATION) {
      length = number();
    }
    if (length == 0) {
      ended = true;
      return null;
    }
    byte[] metadataBytes = body(length(length, LONGEST_METADATA));
    try {
      return Message.getRootAsMessage(ByteBuffer.wrap(metadataBytes));
    } catch (RuntimeException malformed) {
      throw new ArrowFormatException("The stream holds something that is no Arrow message.");
    }
  }

  private int number() throws IOException {
    return Bytes.intAt(body(new byte[4], 4), 0);
  }

  private byte[] body(byte[] into, int length) throws IOException {
    if (in.readNBytes(into, 0, length) < length) {
      throw broken();
    }
    return into;
  }

  /** An array of that length with the bytes to come; what is claimed to be huge is only believed as it comes. */
  private byte[] body(int length) throws IOException {
    if (length <= MOST_BELIEVED) {
      return body(new byte[length], length);
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw broken();
    }
    return bytes;
  }

  private static EOFException broken() {
    return new EOFException("there is no end mark");
  }

  private static int length(long claimed, int most) throws ArrowFormatException {
    if (claimed < 0 || claimed > most) {
      throw new ArrowFormatException("The stream claims a part of " + claimed + " bytes; is it an Arrow stream?");
    }
    return (int) claimed;
  }
}
