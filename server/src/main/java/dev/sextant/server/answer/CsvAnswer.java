// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.answer;

import dev.sextant.query.QueryFacts;
import dev.sextant.query.QueryResult;
import dev.sextant.query.ResultSchema;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Comma-separated values under a line of names; NULL is nothing, an empty text is {@code ""}, lines end in LF. */
final class CsvAnswer implements AnswerWriter {
  private final OutputStream out;
  private final ByteText text = new ByteText();

  CsvAnswer(OutputStream out) {
    this.out = out;
  }

  @Override
  public void begin(QueryResult result) {
    ResultSchema schema = result.schema();
    boolean first = true;
    for (ResultSchema.Column column : schema.columns()) {
      if (!first) {
        text.put(',');
      }
      first = false;
      int start = text.size();
      text.utf8(column.name());
      Quoting.quoteCsv(start, text);
    }
    text.put('\n');
  }

  @Override
  public void batch(VectorSchemaRoot batch) throws IOException {
    Cells.Writer[] cells = Cells.of(batch, TextForm.CSV);
    int count = batch.getRowCount();
    for (int row = 0; row < count; row++) {
      for (int i = 0; i < cells.length; i++) {
        if (i > 0) {
          text.put(',');
        }
        cells[i].write(row, text);
      }
      text.put('\n');
      text.drainIfFull(out);
    }
  }

  @Override
  public void endRows(QueryFacts facts) throws IOException {
    text.drain(out);
  }

  @Override
  public void end(QueryFacts facts) {
    // There is no room for facts.
  }
}
