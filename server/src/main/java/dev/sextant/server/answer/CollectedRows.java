// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.answer;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.query.QueryFacts;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.QueryResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;

/** Collects an answer's rows as the values a JSON answer would hold; more rows than {@code most} are an error, never a part of the answer. */
public final class CollectedRows implements AnswerWriter {
  private static final ObjectReader READER = JsonMapper.builder()
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .build()
      .readerFor(Object[][].class);

  private final long most;
  private final List<@Nullable Object[]> rows = new ArrayList<>();
  private final ByteText text = new ByteText();

  public CollectedRows(long most) {
    this.most = most;
  }

  /** The rows so far; a cell is null, a string, a number, a boolean, a list or a map. */
  public List<@Nullable Object[]> rows() {
    return Collections.unmodifiableList(rows);
  }

  @Override
  public void begin(QueryResult result) {
    rows.clear();
  }

  @Override
  public void batch(VectorSchemaRoot batch) throws IOException {
    if (rows.size() + (long) batch.getRowCount() > most) {
      throw new SextantException(Issue.of(QueryIssue.INVALID_LIMIT, Position.NOWHERE, "The answer has more than " + most
          + " rows, the most that fit into one answer here. Set a smaller limit, or ask POST /v1/query, which streams."));
    }
    Cells.Writer[] cells = Cells.of(batch, TextForm.JSON);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    text.put('[');
    for (int row = 0; row < batch.getRowCount(); row++) {
      text.ascii(row == 0 ? "[" : ",[");
      for (int i = 0; i < cells.length; i++) {
        if (i > 0) {
          text.put(',');
        }
        cells[i].write(row, text);
      }
      text.put(']');
      text.drainIfFull(bytes);
    }
    text.put(']');
    text.drain(bytes);
    Object[][] read = READER.readValue(bytes.toByteArray());
    Collections.addAll(rows, read);
  }

  @Override
  public void end(QueryFacts facts) {}
}
