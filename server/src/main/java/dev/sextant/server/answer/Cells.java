// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.answer;

import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.query.QueryIssue;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Finds the writer of each vector by its Arrow type, once per batch. */
final class Cells {

  private Cells() {}

  /** Spells the values of one vector that are not NULL. */
  @FunctionalInterface
  interface Writer {
    void write(int row, ByteText out);
  }

  /** The writers of a batch, in the order of its vectors; they write NULLs too. */
  static Writer[] of(VectorSchemaRoot batch, TextForm form) {
    List<Writer> writers = new ArrayList<>();
    for (FieldVector vector : batch.getFieldVectors()) {
      writers.add(of(vector, form));
    }
    return writers.toArray(new Writer[0]);
  }

  static Writer of(ValueVector vector, TextForm form) {
    if (vector.getField().getDictionary() != null) {
      throw unsupported(vector);
    }
    Writer writer = values(vector, form);
    byte[] nullText = form.nullText();
    return (row, out) -> {
      if (vector.isNull(row)) {
        out.put(nullText);
      } else {
        writer.write(row, out);
      }
    };
  }

  private static Writer values(ValueVector vector, TextForm form) {
    return switch (vector.getMinorType()) {
      case NULL -> (row, out) -> out.put(form.nullText());
      case BIT -> bits((BitVector) vector);
      case TINYINT, SMALLINT, INT, BIGINT, UINT1, UINT2, UINT4, UINT8 -> IntegerCells.of(vector, form);
      case DECIMAL, DECIMAL256 -> DecimalCells.of(vector, form);
      case FLOAT2, FLOAT4, FLOAT8 -> FloatCells.of(vector, form);
      case VARCHAR, LARGEVARCHAR, VIEWVARCHAR, VARBINARY, LARGEVARBINARY, VIEWVARBINARY, FIXEDSIZEBINARY -> TextCells.of(vector, form);
      case DATEDAY, DATEMILLI, TIMESEC, TIMEMILLI, TIMEMICRO, TIMENANO, TIMESTAMPSEC, TIMESTAMPMILLI, TIMESTAMPMICRO, TIMESTAMPNANO,
          TIMESTAMPSECTZ, TIMESTAMPMILLITZ, TIMESTAMPMICROTZ, TIMESTAMPNANOTZ, DURATION, INTERVALDAY, INTERVALYEAR, INTERVALMONTHDAYNANO ->
          TimeCells.of(vector, form);
      case LIST, LARGELIST, FIXED_SIZE_LIST, LISTVIEW, LARGELISTVIEW, STRUCT, MAP -> NestedCells.of(vector, form);
      case UNION, DENSEUNION, EXTENSIONTYPE, RUNENDENCODED -> throw unsupported(vector);
    };
  }

  private static Writer bits(BitVector vector) {
    return (row, out) -> out.ascii(vector.get(row) == 1 ? "true" : "false");
  }

  static SextantException unsupported(ValueVector vector) {
    return new SextantException(Issue.of(QueryIssue.UNSUPPORTED, Position.NOWHERE, "Column '" + vector.getName() + "' has the type "
        + vector.getField().getType() + ", which has no text form; ask for " + AnswerFormat.ARROW.mediaType() + "."));
  }
}
