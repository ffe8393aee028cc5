// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.flight;

import dev.sextant.model.DataType;
import dev.sextant.query.SqlParameter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.flight.sql.FlightSqlClient.PreparedStatement;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float2Vector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeMilliVector;
import org.apache.arrow.vector.TimeNanoVector;
import org.apache.arrow.vector.TimeSecVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.TimeStampMilliVector;
import org.apache.arrow.vector.TimeStampNanoVector;
import org.apache.arrow.vector.TimeStampSecVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Values of every Arrow type that a client may bind arrive as what they are. */
class FlightParametersTest {
  private static final LocalDateTime MOMENT = LocalDateTime.of(2026, 2, 3, 4, 5, 6);
  private static final long SECOND = MOMENT.toEpochSecond(ZoneOffset.UTC);
  private static final int DAY = (int) LocalDate.of(1969, 12, 30).toEpochDay();

  @TempDir private static Path folder;
  private static FlightUnderTest flight;
  private static FlightSqlClient client;

  @BeforeAll
  static void open() throws Exception {
    flight = FlightUnderTest.open(folder);
    client = flight.client();
  }

  @AfterAll
  static void close() throws Exception {
    client.close();
    flight.close();
  }

  /** A vector of one value, and what the warehouse writes for that value as text. */
  private record Bound(String name, FieldVector vector, String text) {

    static <V extends FieldVector> Bound of(V vector, Consumer<V> set, String text) {
      vector.allocateNew();
      set.accept(vector);
      vector.setValueCount(1);
      return new Bound(vector.getClass().getSimpleName(), vector, text);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Bound> values() {
    BufferAllocator memory = flight.memory();
    return Stream.of(Bound.of(new BitVector("v", memory), v -> v.set(0, 1), "true"),
        Bound.of(new TinyIntVector("v", memory), v -> v.set(0, -128), "-128"),
        Bound.of(new SmallIntVector("v", memory), v -> v.set(0, -7), "-7"),
        Bound.of(new IntVector("v", memory), v -> v.set(0, Integer.MIN_VALUE), "-2147483648"),
        Bound.of(new BigIntVector("v", memory), v -> v.set(0, Long.MAX_VALUE), "9223372036854775807"),
        Bound.of(new UInt1Vector("v", memory), v -> v.set(0, 255), "255"),
        Bound.of(new UInt4Vector("v", memory), v -> v.set(0, -1), "4294967295"),
        Bound.of(new UInt8Vector("v", memory), v -> v.set(0, -1), "18446744073709551615"),
        Bound.of(new Float2Vector("v", memory), v -> v.setWithPossibleTruncate(0, 1.5f), "1.5"),
        Bound.of(new Float4Vector("v", memory), v -> v.set(0, 0.1f), "0.1"),
        Bound.of(new Float8Vector("v", memory), v -> v.set(0, -2.5), "-2.5"),
        Bound.of(new DecimalVector("v", memory, 20, 3), v -> v.set(0, new BigDecimal("12345678901234567.890")), "12345678901234567.890"),
        Bound.of(new VarCharVector("v", memory), v -> v.set(0, bytes("it's ü")), "it's ü"),
        Bound.of(new LargeVarCharVector("v", memory), v -> v.set(0, bytes("'; drop")), "'; drop"),
        Bound.of(new DateDayVector("v", memory), v -> v.set(0, DAY), "1969-12-30"),
        Bound.of(new DateMilliVector("v", memory), v -> v.set(0, SECOND * 1_000), "2026-02-03"),
        Bound.of(new TimeSecVector("v", memory), v -> v.set(0, 3_723), "01:02:03"),
        Bound.of(new TimeMilliVector("v", memory), v -> v.set(0, 3_723_004), "01:02:03.004"),
        Bound.of(new TimeMicroVector("v", memory), v -> v.set(0, 3_723_000_005L), "01:02:03.000005"),
        Bound.of(new TimeNanoVector("v", memory), v -> v.set(0, 3_723_000_006_000L), "01:02:03.000006"),
        Bound.of(new TimeStampSecVector("v", memory), v -> v.set(0, SECOND), "2026-02-03 04:05:06"),
        Bound.of(new TimeStampMilliVector("v", memory), v -> v.set(0, -1), "1969-12-31 23:59:59.999"),
        Bound.of(new TimeStampNanoVector("v", memory), v -> v.set(0, SECOND * 1_000_000_000 + 7_000), "2026-02-03 04:05:06.000007"),
        Bound.of(new TimeStampMicroTZVector("v", memory, "Europe/Berlin"), v -> v.set(0, SECOND * 1_000_000), "2026-02-03 04:05:06+00"),
        Bound.of(new VarCharVector("v", memory), v -> v.setNull(0), "null"),
        new Bound("NullVector", new NullVector("v", 1), "null"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @MethodSource("values")
  void arrive(Bound bound) throws Exception {
    assertThat(said(bound.vector())).isEqualTo(bound.text());
  }

  private static String said(FieldVector vector) throws Exception {
    try (vector; PreparedStatement prepared = client.prepare("SELECT CAST(? AS VARCHAR) AS said");
        VectorSchemaRoot root = VectorSchemaRoot.of(vector)) {
      root.setRowCount(1);
      prepared.setParameters(root);
      try {
        return FlightUnderTest.read(client, prepared.execute()).rows().getFirst().getFirst();
      } finally {
        prepared.clearParameters();
      }
    }
  }

  @Test
  void whatHasNoMeaningInSqlIsRefused() {
    List<Bound> bad = List.of(
        Bound.of(new VarBinaryVector("v", flight.memory()), v -> v.set(0, new byte[] {1}), "parameters of type Binary"),
        Bound.of(new Float8Vector("v", flight.memory()), v -> v.set(0, Double.NaN), "a parameter cannot be NaN"));
    bad.forEach(each -> assertThatThrownBy(() -> said(each.vector())).isInstanceOf(FlightRuntimeException.class)
        .hasMessageContaining(each.text()));
  }

  @Test
  void indexesStandForWhatTheyPointAt() {
    try (VarCharVector words = new VarCharVector("words", flight.memory()); IntVector index = new IntVector("v",
        new FieldType(true, new ArrowType.Int(32, true), new DictionaryEncoding(1, false, null)), flight.memory())) {
      words.setSafe(0, bytes("zero"));
      words.setSafe(1, bytes("one"));
      words.setValueCount(2);
      index.setSafe(0, 1);
      index.setValueCount(1);
      assertThat(ArrowToParameter.row(VectorSchemaRoot.of(index),
          new DictionaryProvider.MapDictionaryProvider(new Dictionary(words, new DictionaryEncoding(1, false, null))), 0))
              .containsExactly(new SqlParameter(DataType.STRING, "one"));
    }
  }
}
