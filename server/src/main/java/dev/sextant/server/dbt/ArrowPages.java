// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.dbt;

import dev.sextant.query.Problem;
import dev.sextant.query.QueryFacts;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.QueryResult;
import dev.sextant.server.answer.AnswerFormat;
import dev.sextant.server.answer.AnswerWriter;
import dev.sextant.server.answer.TextForm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;

/** Cuts an answer into pages of rows, each an Arrow stream of its own; an empty answer is one empty page. */
final class ArrowPages implements AnswerWriter {
  private final int rowsPerPage;
  private final long mostBytes;
  private final List<byte[]> pages = new ArrayList<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private Optional<AnswerWriter> open = Optional.empty();
  private @Nullable QueryResult result;
  private int rowsInPage;
  private long size;

  ArrowPages(int rowsPerPage, long mostBytes) {
    this.rowsPerPage = rowsPerPage;
    this.mostBytes = mostBytes;
  }

  List<byte[]> pages() {
    return List.copyOf(pages);
  }

  @Override
  public void begin(QueryResult begun) throws IOException {
    result = begun;
    page();
  }

  @Override
  public void batch(VectorSchemaRoot batch) throws IOException {
    for (int from = 0; from < batch.getRowCount();) {
      if (rowsInPage == rowsPerPage) {
        close();
      }
      int rows = Math.min(batch.getRowCount() - from, rowsPerPage - rowsInPage);
      try (VectorSchemaRoot slice = batch.slice(from, rows)) {
        page().batch(slice);
      }
      rowsInPage += rows;
      from += rows;
    }
  }

  @Override
  public void end(QueryFacts facts) throws IOException {
    close();
  }

  private AnswerWriter page() throws IOException {
    if (open.isEmpty()) {
      AnswerWriter writer = AnswerFormat.ARROW.writer(bytes, TextForm.JSON);
      writer.begin(java.util.Objects.requireNonNull(result));
      open = Optional.of(writer);
    }
    return open.get();
  }

  private void close() throws IOException {
    QueryFacts facts = java.util.Objects.requireNonNull(result).facts();
    page().endRows(facts);
    page().end(facts);
    open = Optional.empty();
    size += bytes.size();
    if (size > mostBytes) {
      throw Problem.of(QueryIssue.INVALID_LIMIT, "The answer has more than " + mostBytes
          + " bytes, the most that is kept for paging. Set a limit, or ask POST /v1/query, which streams.");
    }
    pages.add(bytes.toByteArray());
    bytes.reset();
    rowsInPage = 0;
  }
}
