// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.answer;

import dev.sextant.query.QueryFacts;
import dev.sextant.query.QueryResult;
import dev.sextant.query.ResultSchema;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import org.apache.arrow.vector.VectorSchemaRoot;

/** {@code {"columns": [..], "rows": [[..], ..], "meta": {..}}}; the facts are only known at the end, so they stand there. */
final class JsonAnswer implements AnswerWriter {
  private final OutputStream out;
  private final TextForm form;
  private final ByteText text = new ByteText();
  private long rows;

  JsonAnswer(OutputStream out, TextForm form) {
    this.out = out;
    this.form = form;
  }

  @Override
  public void begin(QueryResult result) {
    ResultSchema schema = result.schema();
    text.ascii("{\"columns\":[");
    String before = "";
    for (ResultSchema.Column column : schema.columns()) {
      text.ascii(before);
      column(column);
      before = ",\n";
    }
    text.ascii("],\n\"rows\":[");
  }

  private void column(ResultSchema.Column column) {
    text.ascii("{\"name\":");
    Quoting.json(column.name(), text);
    text.ascii(",\"type\":");
    Quoting.json(column.type().toString(), text);
    text.ascii(",\"role\":\"" + column.role().name().toLowerCase(Locale.ROOT) + "\"");
    column.label().ifPresent(label -> {
      text.ascii(",\"label\":");
      Quoting.json(label, text);
    });
    text.put('}');
  }

  @Override
  public void batch(VectorSchemaRoot batch) throws IOException {
    Cells.Writer[] cells = Cells.of(batch, form);
    int count = batch.getRowCount();
    for (int row = 0; row < count; row++) {
      text.ascii(rows++ == 0 ? "\n[" : ",\n[");
      for (int i = 0; i < cells.length; i++) {
        if (i > 0) {
          text.put(',');
        }
        cells[i].write(row, text);
      }
      text.put(']');
      text.drainIfFull(out);
    }
  }

  @Override
  public void endRows(QueryFacts facts) throws IOException {
    text.ascii("],\n\"meta\":");
    MetaJson.begin(facts, rows, text);
    text.drain(out);
  }

  @Override
  public void end(QueryFacts facts) throws IOException {
    MetaJson.end(facts, text);
    text.ascii("}\n");
    text.drain(out);
  }
}
