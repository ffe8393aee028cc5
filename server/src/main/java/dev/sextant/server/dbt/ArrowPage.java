// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.dbt;

import dev.sextant.query.ResultSchema;
import dev.sextant.server.answer.CollectedRows;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowStreamReader;

/** A page as kept, read back where somebody wants it as JSON. */
record ArrowPage(byte[] bytes, ResultSchema schema) {

  String json(String orient) throws IOException {
    CollectedRows rows = new CollectedRows(Integer.MAX_VALUE);
    try (BufferAllocator memory = new RootAllocator();
        ArrowStreamReader reader = new ArrowStreamReader(new ByteArrayInputStream(bytes), memory)) {
      while (reader.loadNextBatch()) {
        rows.batch(reader.getVectorSchemaRoot());
      }
    }
    return new PandasJson(schema, rows.rows()).text(orient);
  }
}
