// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.answer;

import dev.sextant.model.DataType;
import dev.sextant.query.ArrowBatches;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryFacts;
import dev.sextant.query.QueryResult;
import dev.sextant.query.ResultSchema;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** How fast answers are written, one core, into nothing: rows and bytes a second of each format. Run by hand. */
public final class AnswerSpeed {
  private static final int BATCH = 65_536;
  private static final int BATCHES = 64;

  private AnswerSpeed() {}

  public static void main(String[] arguments) throws IOException {
    try (BufferAllocator allocator = new RootAllocator(); VectorSchemaRoot root = rows(allocator)) {
      for (int turn = 0; turn < 5; turn++) {
        for (AnswerFormat format : AnswerFormat.values()) {
          CountingOutput out = new CountingOutput();
          long started = System.nanoTime();
          Answers.write(new Repeated(root, BATCHES), format.writer(out, TextForm.JSON), QueryControl.unlimited("q"), rows -> {});
          double seconds = (System.nanoTime() - started) / 1e9;
          System.out.printf(Locale.ROOT, "%-7s %6.1f million rows/s %7.0f MB/s%n", format, BATCH * BATCHES / seconds / 1e6,
              out.count / seconds / 1e6);
        }
      }
    }
  }

  private static VectorSchemaRoot rows(BufferAllocator allocator) {
    BigIntVector ids = new BigIntVector("id", allocator);
    Float8Vector values = new Float8Vector("value", allocator);
    VarCharVector names = new VarCharVector("name", allocator);
    DateDayVector days = new DateDayVector("day", allocator);
    DecimalVector amounts = new DecimalVector("amount", allocator, 18, 2);
    for (int i = 0; i < BATCH; i++) {
      ids.setSafe(i, 1_000_000L + i * 37L);
      values.setSafe(i, i / 100.0);
      names.setSafe(i, ("customer " + i).getBytes(StandardCharsets.UTF_8));
      days.setSafe(i, 18_000 + i % 2_000);
      amounts.setSafe(i, BigDecimal.valueOf(i * 12_345L, 2));
    }
    VectorSchemaRoot root = new VectorSchemaRoot(List.<FieldVector>of(ids, values, names, days, amounts));
    root.setRowCount(BATCH);
    return root;
  }

  /** The same batch again and again. */
  private static final class Repeated implements QueryResult, ArrowBatches {
    private final VectorSchemaRoot root;
    private int left;

    Repeated(VectorSchemaRoot root, int times) {
      this.root = root;
      this.left = times;
    }

    @Override
    public ResultSchema schema() {
      return new ResultSchema(root.getSchema()
          .getFields()
          .stream()
          .map(field -> new ResultSchema.Column(field.getName(), DataType.OTHER, ResultSchema.Role.METRIC, Optional.empty()))
          .toList());
    }

    @Override
    public QueryFacts facts() {
      return new QueryFacts("q", List.of(), new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    @Override
    public VectorSchemaRoot root() {
      return root;
    }

    @Override
    public boolean loadNext() {
      return left-- > 0;
    }

    @Override
    public void close() {
      // The batch is used again.
    }
  }

  private static final class CountingOutput extends OutputStream {
    private long count;

    @Override
    public void write(int each) {
      count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      count += length;
    }
  }
}
