// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache.store;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Copies batches out of the memory of whoever made them: all buffers of a batch in one piece, no larger than their contents. */
public final class BatchCopies {
  private static final long ALIGNMENT = 8;

  private BatchCopies() {}

  /** Whether batches of a schema stand for themselves; dictionaries would have to be kept beside them. */
  public static boolean isPlain(Schema schema) {
    return schema.getFields().stream().allMatch(BatchCopies::isPlain);
  }

  private static boolean isPlain(Field field) {
    return field.getDictionary() == null && field.getChildren().stream().allMatch(BatchCopies::isPlain);
  }

  public static ArrowRecordBatch copy(VectorSchemaRoot batch, BufferAllocator memory) {
    try (ArrowRecordBatch view = new VectorUnloader(batch).getRecordBatch()) {
      long size = view.getBuffers().stream().mapToLong(buffer -> aligned(buffer.readableBytes())).sum();
      try (ArrowBuf piece = memory.buffer(Math.max(size, ALIGNMENT))) {
        List<ArrowBuf> slices = new ArrayList<>();
        long at = 0;
        for (ArrowBuf buffer : view.getBuffers()) {
          long length = buffer.readableBytes();
          piece.setBytes(at, buffer, buffer.readerIndex(), length);
          ArrowBuf slice = piece.slice(at, length);
          slice.writerIndex(length);
          slices.add(slice);
          at += aligned(length);
        }
        // The batch takes a reference of its own for each buffer; the piece's own goes here.
        return new ArrowRecordBatch(view.getLength(), view.getNodes(), slices, view.getBodyCompression(), view.getVariadicBufferCounts(),
            true);
      }
    }
  }

  private static long aligned(long length) {
    return (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }
}
