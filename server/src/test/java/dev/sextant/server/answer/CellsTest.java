// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.answer;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sextant.model.SextantException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.Decimal256Vector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.IntervalMonthDayNanoVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.TimeStampMilliVector;
import org.apache.arrow.vector.TimeStampNanoVector;
import org.apache.arrow.vector.TimeStampSecVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt2Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.complex.impl.UnionListWriter;
import org.apache.arrow.vector.types.Types.MinorType;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CellsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final BufferAllocator allocator = new RootAllocator();

  @AfterEach
  void nothingLeaks() {
    allocator.close();
  }

  private static String text(FieldVector vector, int row, TextForm form) {
    ByteText out = new ByteText();
    Cells.of(vector, form).write(row, out);
    return out.textFrom(0);
  }

  private static String json(FieldVector vector, int row) {
    return text(vector, row, TextForm.JSON);
  }

  @Test
  void integersKeepEveryDigit() {
    try (BigIntVector vector = new BigIntVector("v", allocator)) {
      long[] values = {0, 7, -42, 1L << 53, (1L << 53) + 1, -(1L << 53) - 1, Long.MAX_VALUE, Long.MIN_VALUE};
      for (int i = 0; i < values.length; i++) {
        vector.setSafe(i, values[i]);
        boolean exact = Math.abs(values[i]) <= 1L << 53 && values[i] != Long.MIN_VALUE;
        assertThat(json(vector, i)).isEqualTo(exact ? "" + values[i] : "\"" + values[i] + "\"");
        assertThat(text(vector, i, TextForm.JSON_NUMBERS_AS_STRINGS)).isEqualTo("\"" + values[i] + "\"");
        assertThat(text(vector, i, TextForm.CSV)).isEqualTo("" + values[i]);
      }
    }
  }

  @Test
  void narrowIntegersAreAlwaysNumbers() {
    try (TinyIntVector tiny = new TinyIntVector("v", allocator); SmallIntVector small = new SmallIntVector("v", allocator);
        IntVector ints = new IntVector("v", allocator); UInt1Vector bytes = new UInt1Vector("v", allocator);
        UInt2Vector chars = new UInt2Vector("v", allocator); UInt4Vector words = new UInt4Vector("v", allocator);
        UInt8Vector longs = new UInt8Vector("v", allocator)) {
      tiny.setSafe(0, -128);
      small.setSafe(0, -32_768);
      ints.setSafe(0, Integer.MIN_VALUE);
      bytes.setSafe(0, 255);
      chars.setSafe(0, 65_535);
      words.setSafe(0, -1);
      longs.setSafe(0, -1L);
      assertThat(List.of(tiny, small, ints, bytes, chars, words).stream().map(vector -> text(vector, 0, TextForm.JSON_NUMBERS_AS_STRINGS)))
          .containsExactly("-128", "-32768", "-2147483648", "255", "65535", "4294967295");
      assertThat(json(longs, 0)).isEqualTo("\"18446744073709551615\"");
      assertThat(text(longs, 0, TextForm.CSV)).isEqualTo("18446744073709551615");
    }
  }

  @Test
  void decimalsKeepEveryDigit() {
    try (DecimalVector vector = new DecimalVector("v", allocator, 38, 2)) {
      List<String> values = List.of("0.00", "120.50", "-0.07", "9999999999999.99", "-9999999999999.99", "10000000000000.00",
          "9999999999999999.99",
          "-10000000000000000.01", "123456789012345678901234567890123456.78");
      for (int i = 0; i < values.size(); i++) {
        vector.setSafe(i, new BigDecimal(values.get(i)));
        String digits = values.get(i).replaceAll("[-.]", "");
        assertThat(json(vector, i)).isEqualTo(digits.length() <= 15 ? values.get(i) : "\"" + values.get(i) + "\"");
        assertThat(text(vector, i, TextForm.CSV)).isEqualTo(values.get(i));
      }
    }
  }

  @Test
  void sumsOfIntegersAreWholeNumbers() {
    try (DecimalVector vector = new DecimalVector("v", allocator, 38, 0);
        Decimal256Vector wide = new Decimal256Vector("v", allocator, 60, 5)) {
      vector.setSafe(0, new BigDecimal(12));
      vector.setSafe(1, new BigDecimal(BigInteger.ONE.shiftLeft(100)));
      wide.setSafe(0, new BigDecimal("1.50000"));
      assertThat(json(vector, 0)).isEqualTo("12");
      assertThat(json(vector, 1)).isEqualTo("\"1267650600228229401496703205376\"");
      assertThat(json(wide, 0)).isEqualTo("\"1.50000\"");
    }
  }

  @Test
  void doublesReadBackAsTheSameBits() {
    Random random = new Random(7);
    try (Float8Vector vector = new Float8Vector("v", allocator)) {
      for (int i = 0; i < 200_000; i++) {
        double value = switch (i % 4) {
          case 0 -> Double.longBitsToDouble(random.nextLong());
          case 1 -> random.nextInt() / 100.0;
          case 2 -> random.nextLong() / 1e6;
          default -> random.nextDouble() * Math.pow(10, random.nextInt(30) - 15);
        };
        if (Double.isFinite(value)) {
          vector.setSafe(0, value);
          String text = json(vector, 0);
          assertThat(Double.doubleToRawLongBits(Double.parseDouble(text))).as("%s as %s", value, text)
              .isEqualTo(Double.doubleToRawLongBits(value));
          assertThat(new BigDecimal(text).precision()).as("%s as %s", value, text)
              .isLessThanOrEqualTo(Math.max(17, new BigDecimal(text).toBigInteger().toString().length() + 1));
        }
      }
    }
  }

  @Test
  void doublesLookAsPeopleWriteThem() {
    try (Float8Vector vector = new Float8Vector("v", allocator); Float4Vector floats = new Float4Vector("v", allocator)) {
      double[] values = {0, -0.0, 1, -1.5, 0.1, 0.3, 0.1 + 0.2, 1234567.891, 1e15, 1e-7, 1e300, Double.NaN, Double.POSITIVE_INFINITY};
      List<String> texts = List.of("0.0", "-0.0", "1.0", "-1.5", "0.1", "0.3", "0.30000000000000004", "1234567.891", "1.0E15", "1.0E-7",
          "1.0E300",
          "\"NaN\"", "\"Infinity\"");
      for (int i = 0; i < values.length; i++) {
        vector.setSafe(i, values[i]);
        assertThat(json(vector, i)).isEqualTo(texts.get(i));
      }
      assertThat(text(vector, 11, TextForm.CSV)).isEqualTo("NaN");
      floats.setSafe(0, 0.1f);
      assertThat(json(floats, 0)).isEqualTo("0.1");
    }
  }

  @Test
  void textsAreEscapedSoThatJsonReadsThemBack() throws Exception {
    Random random = new Random(3);
    try (VarCharVector vector = new VarCharVector("v", allocator)) {
      for (int i = 0; i < 5_000; i++) {
        StringBuilder value = new StringBuilder();
        for (int length = random.nextInt(12); length > 0; length--) {
          value.appendCodePoint(random.nextInt(3) == 0 ? "\"\\\n\r\t,\u0000\u001f\u007fé€😀".codePoints().toArray()[random.nextInt(12)]
              : 'a' + random.nextInt(26));
        }
        vector.setSafe(0, value.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(JSON.readTree(json(vector, 0)).asText()).isEqualTo(value.toString());
      }
    }
  }

  @Test
  void csvQuotesOnlyWhatNeedsIt() {
    try (VarCharVector vector = new VarCharVector("v", allocator)) {
      List<String> values = List.of("plain", "", "a,b", "say \"hi\"", "two\nlines", "Zürich");
      for (int i = 0; i < values.size(); i++) {
        vector.setSafe(i, values.get(i).getBytes(StandardCharsets.UTF_8));
      }
      vector.setNull(values.size());
      vector.setValueCount(values.size() + 1);
      assertThat(java.util.stream.IntStream.rangeClosed(0, values.size()).mapToObj(row -> text(vector, row, TextForm.CSV))).containsExactly(
          "plain",
          "\"\"", "\"a,b\"", "\"say \"\"hi\"\"\"", "\"two\nlines\"", "Zürich", "");
    }
  }

  @Test
  void nullIsNullInJsonAndNothingInCsv() {
    try (BigIntVector vector = new BigIntVector("v", allocator); NullVector nulls = new NullVector("n", 1)) {
      vector.setNull(0);
      assertThat(json(vector, 0)).isEqualTo("null");
      assertThat(text(vector, 0, TextForm.CSV)).isEmpty();
      assertThat(json(nulls, 0)).isEqualTo("null");
    }
  }

  @Test
  void datesAreTheSameAsThoseOfJavaTime() {
    try (DateDayVector vector = new DateDayVector("v", allocator)) {
      for (long day = LocalDate.of(-1, 1, 1).toEpochDay(); day <= LocalDate.of(10_001, 1, 1).toEpochDay(); day += 13) {
        vector.setSafe(0, (int) day);
        assertThat(text(vector, 0, TextForm.CSV)).isEqualTo(LocalDate.ofEpochDay(day).toString());
      }
      vector.setSafe(0, (int) LocalDate.of(2024, 2, 29).toEpochDay());
      assertThat(json(vector, 0)).isEqualTo("\"2024-02-29\"");
    }
  }

  @Test
  void timestampsHaveSecondsAndAFractionOnlyWhereTheyNeedOne() {
    long micros = LocalDateTime.of(2026, 1, 31, 0, 0).toEpochSecond(ZoneOffset.UTC) * 1_000_000;
    try (TimeStampMicroVector vector = new TimeStampMicroVector("v", allocator);
        TimeStampMicroTZVector zoned = new TimeStampMicroTZVector("v",
            FieldType.nullable(new ArrowType.Timestamp(org.apache.arrow.vector.types.TimeUnit.MICROSECOND, "Europe/Berlin")), allocator);
        TimeStampSecVector seconds = new TimeStampSecVector("v", allocator);
        TimeStampMilliVector millis = new TimeStampMilliVector("v", allocator);
        TimeStampNanoVector nanos = new TimeStampNanoVector("v", allocator); TimeMicroVector times = new TimeMicroVector("v", allocator)) {
      vector.setSafe(0, micros);
      vector.setSafe(1, micros + 500_000);
      vector.setSafe(2, micros + 1);
      vector.setSafe(3, -1);
      vector.setSafe(4, micros + 10_000);
      zoned.setSafe(0, micros);
      seconds.setSafe(0, micros / 1_000_000 + 59);
      millis.setSafe(0, micros / 1_000 + 7);
      nanos.setSafe(0, micros * 1_000 + 1);
      times.setSafe(0, 3_600_000_000L * 23 + 1_000);
      assertThat(json(vector, 0)).isEqualTo("\"2026-01-31T00:00:00\"");
      assertThat(json(vector, 1)).isEqualTo("\"2026-01-31T00:00:00.5\"");
      assertThat(json(vector, 2)).isEqualTo("\"2026-01-31T00:00:00.000001\"");
      assertThat(json(vector, 3)).isEqualTo("\"1969-12-31T23:59:59.999999\"");
      assertThat(json(vector, 4)).isEqualTo("\"2026-01-31T00:00:00.01\"");
      assertThat(json(zoned, 0)).isEqualTo("\"2026-01-31T00:00:00Z\"");
      assertThat(json(seconds, 0)).isEqualTo("\"2026-01-31T00:00:59\"");
      assertThat(json(millis, 0)).isEqualTo("\"2026-01-31T00:00:00.007\"");
      assertThat(json(nanos, 0)).isEqualTo("\"2026-01-31T00:00:00.000000001\"");
      assertThat(text(times, 0, TextForm.CSV)).isEqualTo("23:00:00.001");
    }
  }

  @Test
  void otherTypesHaveAForm() {
    try (BitVector bits = new BitVector("v", allocator); VarBinaryVector bytes = new VarBinaryVector("v", allocator);
        IntervalMonthDayNanoVector intervals = new IntervalMonthDayNanoVector("v", allocator)) {
      bits.setSafe(0, 1);
      bytes.setSafe(0, new byte[] {1, 2, (byte) 255});
      intervals.setSafe(0, 14, 3, 0);
      assertThat(json(bits, 0)).isEqualTo("true");
      assertThat(json(bytes, 0)).isEqualTo("\"AQL/\"");
      assertThat(json(intervals, 0)).startsWith("\"P").contains("14M").contains("3D");
    }
  }

  @Test
  void listsAndStructsAreJsonAndQuotedInCsv() {
    try (ListVector list = ListVector.empty("v", allocator); StructVector struct = StructVector.empty("v", allocator)) {
      UnionListWriter writer = list.getWriter();
      writer.startList();
      writer.bigInt().writeBigInt(1);
      writer.bigInt().writeNull();
      writer.endList();
      list.setValueCount(1);
      IntVector inner = struct.addOrGet("a \"b\"", FieldType.nullable(MinorType.INT.getType()), IntVector.class);
      inner.setSafe(0, 5);
      struct.setIndexDefined(0);
      struct.setValueCount(1);
      assertThat(json(list, 0)).isEqualTo("[1,null]");
      assertThat(json(struct, 0)).isEqualTo("{\"a \\\"b\\\"\":5}");
      assertThat(text(struct, 0, TextForm.CSV)).isEqualTo("\"{\"\"a \\\"\"b\\\"\"\"\":5}\"");
    }
  }

  @Test
  void encodedVectorsAreRefusedRatherThanWrittenAsTheirIndexes() {
    FieldType encoded = new FieldType(true, MinorType.INT.getType(), new DictionaryEncoding(1, false, null));
    try (IntVector vector = new IntVector("v", encoded, allocator)) {
      assertThatThrownBy(() -> Cells.of(vector, TextForm.JSON)).isInstanceOf(SextantException.class).hasMessageContaining("'v'");
    }
  }
}
