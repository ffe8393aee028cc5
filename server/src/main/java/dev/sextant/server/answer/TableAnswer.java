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

/**
 * A table for people. Its first rows say how wide the columns are, so only those are held; later rows are written as they come. What is
 * wider than the terminal is cut, and a note says so.
 */
public final class TableAnswer implements AnswerWriter {
  private static final int MEASURED_ROWS = 1_000;

  private final OutputStream out;
  private final int terminalWidth;
  private final ByteText cell = new ByteText();
  private final ByteText text = new ByteText();
  private final List<List<String>> held = new ArrayList<>();
  private TableLayout layout = TableLayout.EMPTY;
  private boolean measured;
  private long rows;

  /** Writes for a terminal of so many columns; 0 means any width will do. */
  public TableAnswer(OutputStream out, int terminalWidth) {
    this.out = out;
    this.terminalWidth = terminalWidth;
  }

  @Override
  public void begin(QueryResult result) {
    ResultSchema schema = result.schema();
    layout = TableLayout.of(schema.columns().stream().map(ResultSchema.Column::name).toList(),
        schema.columns().stream().map(column -> column.type().isNumeric()).toList());
  }

  @Override
  public void batch(VectorSchemaRoot batch) throws IOException {
    Cells.Writer[] cells = Cells.of(batch, TextForm.PLAIN);
    for (int row = 0; row < batch.getRowCount(); row++) {
      row(texts(cells, row));
    }
  }

  private List<String> texts(Cells.Writer[] cells, int row) {
    List<String> texts = new ArrayList<>(cells.length);
    for (Cells.Writer each : cells) {
      each.write(row, cell);
      texts.add(cell.textFrom(0));
      cell.clear();
    }
    return texts;
  }

  private void row(List<String> texts) throws IOException {
    rows++;
    if (measured) {
      line(layout.line(texts));
      return;
    }
    held.add(texts);
    if (held.size() == MEASURED_ROWS) {
      measure();
    }
  }

  private void measure() throws IOException {
    measured = true;
    layout = layout.fitting(held, terminalWidth);
    line(layout.head());
    line(layout.rule());
    for (List<String> texts : held) {
      line(layout.line(texts));
    }
    held.clear();
  }

  private void line(String line) throws IOException {
    text.utf8(line);
    text.put('\n');
    text.drainIfFull(out);
  }

  @Override
  public void end(QueryFacts facts) throws IOException {
    if (!measured) {
      measure();
    }
    layout.note().ifPresent(note -> text.utf8(note + "\n"));
    text.drain(out);
  }

  /** How many rows were written. */
  public long rows() {
    return rows;
  }
}
