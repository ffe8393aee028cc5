// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.wire;

import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.RecordBatch;

/** The bytes of one record batch, and the list of what lies where in them, taken column after column. */
public final class Batch {
  public static final int ABSENT = -1;

  private final byte[] body;
  private final int bodyLength;
  private final RecordBatch header;
  private final FieldNode node = new FieldNode();
  private final Buffer buffer = new Buffer();
  private int nodes;
  private int buffers;
  private int variadics;

  public Batch(RecordBatch header, byte[] body, int bodyLength) throws ArrowFormatException {
    this.header = header;
    this.body = body;
    this.bodyLength = bodyLength;
    if (header.compression() != null) {
      throw new ArrowFormatException("The answer's Arrow buffers are compressed, which this driver does not read.");
    }
  }

  /** The array in which all values lie. */
  public byte[] body() {
    return body;
  }

  public int rows() throws ArrowFormatException {
    return count(header.length());
  }

  /** Goes to the next column and returns how many values it has. */
  public int nextNode() throws ArrowFormatException {
    if (nodes >= header.nodesLength()) {
      throw new ArrowFormatException("A record batch has fewer columns than the schema.");
    }
    header.nodes(node, nodes++);
    return count(node.length());
  }

  /** Takes the validity buffer of the current column: its offset, or {@link #ABSENT} if no value is NULL. */
  public int validity(int values) throws ArrowFormatException {
    boolean anyNull = node.nullCount() != 0;
    int offset = next((values + 7L) / 8, anyNull);
    return anyNull ? offset : ABSENT;
  }

  /** Takes a buffer of at least {@code bytes} bytes and returns its offset. */
  public int next(long bytes) throws ArrowFormatException {
    return next(bytes, true);
  }

  private int next(long bytes, boolean required) throws ArrowFormatException {
    if (buffers >= header.buffersLength()) {
      throw new ArrowFormatException("A record batch has fewer buffers than its schema needs.");
    }
    header.buffers(buffer, buffers++);
    long end = buffer.offset() + buffer.length();
    if (buffer.offset() < 0 || end > bodyLength || required && buffer.length() < bytes) {
      throw new ArrowFormatException("A buffer of a record batch is shorter than its values.");
    }
    return (int) buffer.offset();
  }

  /** The length of the buffer taken last. */
  public int length() {
    return (int) buffer.length();
  }

  /** How many data buffers the next column of views has. */
  public int nextVariadics() throws ArrowFormatException {
    if (variadics >= header.variadicBufferCountsLength()) {
      throw new ArrowFormatException("A record batch does not tell the buffers of its views.");
    }
    return count(header.variadicBufferCounts(variadics++));
  }

  private static int count(long count) throws ArrowFormatException {
    if (count < 0 || count > Integer.MAX_VALUE - 8) {
      throw new ArrowFormatException("A record batch claims " + count + " values.");
    }
    return (int) count;
  }
}
