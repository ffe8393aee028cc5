// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.answer;

import dev.sextant.query.QueryFacts;
import dev.sextant.query.QueryResult;
import dev.sextant.query.ResultSchema;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;

/** One JSON object per line and row. */
final class NdjsonAnswer implements AnswerWriter {
  private final OutputStream out;
  private final TextForm form;
  private final ByteText text = new ByteText();
  private byte[][] keys = {};

  NdjsonAnswer(OutputStream out, TextForm form) {
    this.out = out;
    this.form = form;
  }

  @Override
  public void begin(QueryResult result) {
    ResultSchema schema = result.schema();
    List<byte[]> list = new ArrayList<>();
    for (ResultSchema.Column column : schema.columns()) {
      text.put(list.isEmpty() ? '{' : ',');
      Quoting.json(column.name(), text);
      text.put(':');
      list.add(text.cutFrom(0));
    }
    keys = list.toArray(keys);
  }

  @Override
  public void batch(VectorSchemaRoot batch) throws IOException {
    Cells.Writer[] cells = Cells.of(batch, form);
    int count = batch.getRowCount();
    for (int row = 0; row < count; row++) {
      for (int i = 0; i < cells.length; i++) {
        text.put(keys[i]);
        cells[i].write(row, text);
      }
      text.ascii(cells.length == 0 ? "{}\n" : "}\n");
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
