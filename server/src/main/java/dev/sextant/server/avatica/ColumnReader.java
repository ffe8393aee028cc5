// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.avatica;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeMilliVector;
import org.apache.arrow.vector.TimeNanoVector;
import org.apache.arrow.vector.TimeSecVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Reads a column's cells as the protocol carries them: days and milliseconds as numbers, what it has no type for as text. */
interface ColumnReader {

  @Nullable
  Object read(int row);

  /** Finds the reader of a vector. */
  static ColumnReader of(FieldVector vector) {
    ColumnReader values = values(vector);
    return row -> vector.isNull(row) ? null : values.read(row);
  }

  private static ColumnReader values(FieldVector vector) {
    return switch (vector.getMinorType()) {
      case BIT -> row -> ((BitVector) vector).get(row) == 1;
      case TINYINT, SMALLINT, INT, UINT1, UINT2 -> row -> (int) ((BaseIntVector) vector).getValueAsLong(row);
      case BIGINT, UINT4 -> row -> ((BaseIntVector) vector).getValueAsLong(row);
      case UINT8 -> row -> new BigDecimal(((UInt8Vector) vector).getObjectNoOverflow(row));
      case FLOAT4 -> row -> ((Float4Vector) vector).get(row);
      case FLOAT8 -> row -> ((Float8Vector) vector).get(row);
      case DECIMAL, DECIMAL256 -> row -> Objects.requireNonNull(vector.getObject(row));
      case VARBINARY, LARGEVARBINARY, VIEWVARBINARY, FIXEDSIZEBINARY ->
          row -> new ByteString((byte[]) Objects.requireNonNull(vector.getObject(row)));
      case DATEDAY -> row -> ((DateDayVector) vector).get(row);
      case DATEMILLI -> row -> (int) TimeUnit.MILLISECONDS.toDays(((DateMilliVector) vector).get(row));
      case TIMESEC -> row -> ((TimeSecVector) vector).get(row) * 1_000;
      case TIMEMILLI -> row -> ((TimeMilliVector) vector).get(row);
      case TIMEMICRO -> row -> (int) (((TimeMicroVector) vector).get(row) / 1_000);
      case TIMENANO -> row -> (int) (((TimeNanoVector) vector).get(row) / 1_000_000);
      case TIMESTAMPSEC, TIMESTAMPSECTZ -> row -> ((TimeStampVector) vector).get(row) * 1_000;
      case TIMESTAMPMILLI, TIMESTAMPMILLITZ -> row -> ((TimeStampVector) vector).get(row);
      case TIMESTAMPMICRO, TIMESTAMPMICROTZ -> row -> Math.floorDiv(((TimeStampVector) vector).get(row), 1_000L);
      case TIMESTAMPNANO, TIMESTAMPNANOTZ -> row -> Math.floorDiv(((TimeStampVector) vector).get(row), 1_000_000L);
      case NULL, FLOAT2, VARCHAR, LARGEVARCHAR, VIEWVARCHAR, DURATION, INTERVALDAY, INTERVALYEAR, INTERVALMONTHDAYNANO, LIST, LARGELIST,
          FIXED_SIZE_LIST, LISTVIEW, LARGELISTVIEW, STRUCT, MAP, UNION, DENSEUNION, EXTENSIONTYPE, RUNENDENCODED ->
          row -> String.valueOf(vector.getObject(row));
    };
  }
}
