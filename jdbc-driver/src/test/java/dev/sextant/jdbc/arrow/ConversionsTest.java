// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.arrow;

import dev.sextant.jdbc.testing.Streams;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.TimeZone;
import java.util.UUID;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.calcite.avatica.util.Cursor.Accessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A value read as something else: all of it, or an error that says why not. */
class ConversionsTest {
  private final BufferAllocator allocator = new RootAllocator();

  @AfterEach
  void close() {
    allocator.close();
  }

  /** The accessor of a column that holds one value. */
  private static Accessor one(FieldVector vector, TimeZone zone) throws Exception {
    vector.setValueCount(1);
    byte[] bytes = Streams.of(List.of(vector), 1, 1, batch -> {});
    vector.close();
    ArrowStream stream = new ArrowStream(new ByteArrayInputStream(bytes));
    Accessor accessor = stream.accessors(zone).get(0);
    assertThat(stream.next()).isTrue();
    return accessor;
  }

  private static Accessor one(FieldVector vector) throws Exception {
    return one(vector, TimeZone.getDefault());
  }

  private Accessor text(String text) throws Exception {
    VarCharVector vector = new VarCharVector("c", allocator);
    vector.setSafe(0, text.getBytes(StandardCharsets.UTF_8));
    return one(vector);
  }

  private Accessor number(long value) throws Exception {
    BigIntVector vector = new BigIntVector("c", allocator);
    vector.setSafe(0, value);
    return one(vector);
  }

  private Accessor decimal(String value) throws Exception {
    BigDecimal decimal = new BigDecimal(value);
    DecimalVector vector = new DecimalVector("c", allocator, 38, decimal.scale());
    vector.setSafe(0, decimal);
    return one(vector);
  }

  private Accessor timestamp(String reading, String zone) throws Exception {
    TimeStampMicroVector vector = new TimeStampMicroVector("c", allocator);
    Instant instant = LocalDateTime.parse(reading).toInstant(ZoneOffset.UTC);
    vector.setSafe(0, instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000);
    return one(vector, TimeZone.getTimeZone(zone));
  }

  private static Calendar calendar(String zone) {
    return new GregorianCalendar(TimeZone.getTimeZone(zone));
  }

  @Test
  void integersFitOrFail() throws Exception {
    Accessor small = number(100);
    assertThat(small.getByte()).isEqualTo((byte) 100);
    assertThat(small.getShort()).isEqualTo((short) 100);
    assertThat(small.getInt()).isEqualTo(100);
    assertThat(small.getDouble()).isEqualTo(100.0);
    assertThat(small.getFloat()).isEqualTo(100f);
    assertThat(small.getBoolean()).isTrue();
    assertThat(small.getBigDecimal()).isEqualTo("100");
    assertThat(small.getObject(Integer.class)).isEqualTo(100);
    assertThat(small.getObject(Short.class)).isEqualTo((short) 100);
    assertThat(small.getObject(BigInteger.class)).isEqualTo(100);
    assertThat(small.getObject(String.class)).isEqualTo("100");
    assertThat(small.getULong().longValue()).isEqualTo(100);
    Accessor large = number(1L << 40);
    assertThatThrownBy(large::getInt).isInstanceOf(SQLDataException.class)
        .hasMessage(
            "Column 'c' holds 1099511627776, which is out of the range of int.");
    assertThatThrownBy(large::getByte).isInstanceOf(SQLDataException.class);
    assertThatThrownBy(() -> large.getObject(Short.class)).isInstanceOf(SQLDataException.class);
    assertThatThrownBy(() -> large.getDate(calendar("UTC"))).isInstanceOf(SQLException.class).hasMessageContaining("BIGINT");
    assertThatThrownBy(() -> large.getObject(LocalDate.class)).isInstanceOf(SQLException.class);
    assertThatThrownBy(large::getBytes).isInstanceOf(SQLException.class);
  }

  @Test
  void decimalsKeepTheirDigits() throws Exception {
    Accessor money = decimal("-12345678901234567890.12");
    assertThat(money.getBigDecimal()).isEqualTo("-12345678901234567890.12");
    assertThat(money.getBigDecimal(1)).isEqualTo("-12345678901234567890.1");
    assertThat(money.getDouble()).isEqualTo(-12345678901234567890.12);
    assertThat(money.getBoolean()).isTrue();
    assertThatThrownBy(money::getLong).isInstanceOf(SQLDataException.class);
    assertThat(decimal("7.99").getInt()).isEqualTo(7);
    assertThat(decimal("0.00").getBoolean()).isFalse();
  }

  @Test
  void doublesAreCutOrRefused() throws Exception {
    Float8Vector vector = new Float8Vector("c", allocator);
    vector.setSafe(0, 7.9);
    Accessor accessor = one(vector);
    assertThat(accessor.getInt()).isEqualTo(7);
    assertThat(accessor.getBigDecimal()).isEqualTo("7.9");
    Float8Vector infinite = new Float8Vector("c", allocator);
    infinite.setSafe(0, Double.POSITIVE_INFINITY);
    Accessor nothing = one(infinite);
    assertThat(nothing.getDouble()).isInfinite();
    assertThat(nothing.getString()).isEqualTo("Infinity");
    assertThatThrownBy(nothing::getLong).isInstanceOf(SQLDataException.class);
    assertThatThrownBy(nothing::getBigDecimal).isInstanceOf(SQLDataException.class);
  }

  @Test
  void textIsParsedWhereItCanBe() throws Exception {
    assertThat(text(" 42 ").getInt()).isEqualTo(42);
    assertThat(text("1e3").getDouble()).isEqualTo(1000);
    assertThat(text("1.5").getBigDecimal()).isEqualTo("1.5");
    assertThat(text("TRUE").getBoolean()).isTrue();
    assertThat(text("0").getBoolean()).isFalse();
    assertThat(text("ä").getBytes()).isEqualTo("ä".getBytes(StandardCharsets.UTF_8));
    assertThat(text("2026-01-31").getDate(calendar("UTC"))).isEqualTo(new Date(Instant.parse("2026-01-31T00:00:00Z").toEpochMilli()));
    assertThat(text("2026-01-31 01:02:03.5").getObject(LocalDateTime.class)).isEqualTo("2026-01-31T01:02:03.500");
    assertThat(text("2026-01-31T01:02:03+02:00").getObject(Instant.class)).isEqualTo("2026-01-30T23:02:03Z");
    assertThat(text("23:59:58").getObject(LocalTime.class)).isEqualTo("23:59:58");
    UUID id = UUID.randomUUID();
    assertThat(text(id.toString()).getObject(UUID.class)).isEqualTo(id);
    assertThat(text("http://a/b").getURL()).hasHost("a");
    assertThat(new java.io.BufferedReader(text("abc").getCharacterStream()).readLine()).isEqualTo("abc");
    assertThat(text("abc").getClob().getSubString(1, 3)).isEqualTo("abc");
    for (String word : List.of("x", "", "12x")) {
      assertThatThrownBy(() -> text(word).getInt()).isInstanceOf(SQLDataException.class).hasMessageContaining("'" + word + "'");
      assertThatThrownBy(() -> text(word).getBoolean()).isInstanceOf(SQLDataException.class);
      assertThatThrownBy(() -> text(word).getDate(calendar("UTC"))).isInstanceOf(SQLDataException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "America/New_York", "Asia/Kolkata", "America/Sao_Paulo", "Pacific/Apia", "Australia/Lord_Howe"})
  void everyDayKeepsItsDateInEveryZone(String zone) throws Exception {
    TimeZone timeZone = TimeZone.getTimeZone(zone);
    DateDayVector vector = new DateDayVector("c", allocator);
    int first = (int) LocalDate.of(2009, 12, 25).toEpochDay();
    int days = 3_000;
    for (int i = 0; i < days; i++) {
      vector.setSafe(i, first + i);
    }
    vector.setValueCount(days);
    byte[] bytes = Streams.of(List.<FieldVector>of(vector), 1, days, batch -> {});
    vector.close();
    ArrowStream stream = new ArrowStream(new ByteArrayInputStream(bytes));
    Accessor accessor = stream.accessors(timeZone).get(0);
    for (int i = 0; i < days; i++) {
      assertThat(stream.next()).isTrue();
      long expected = LocalDate.ofEpochDay(first + i).atStartOfDay(timeZone.toZoneId()).toInstant().toEpochMilli();
      assertThat(accessor.getDate(calendar(zone)).getTime()).as(LocalDate.ofEpochDay(first + i) + " in " + zone).isEqualTo(expected);
      assertThat(((Date) accessor.getObject()).getTime()).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({"2026-03-08T02:30:00, America/New_York, 2026-03-08T07:30:00Z", "2026-11-01T01:30:00, America/New_York, 2026-11-01T06:30:00Z",
      "2026-03-29T02:30:00, Europe/Berlin, 2026-03-29T01:30:00Z", "2026-10-25T02:30:00, Europe/Berlin, 2026-10-25T01:30:00Z",
      "2026-07-01T12:00:00.123456, Europe/Berlin, 2026-07-01T10:00:00.123456Z", "2026-01-01T00:00:00, UTC, 2026-01-01T00:00:00Z"})
  void readingsBecomeInstantsAsJavaSqlHasThem(String reading, String zone, String instant) throws Exception {
    Timestamp expected = Timestamp.from(Instant.parse(instant));
    assertThat(timestamp(reading, "UTC").getTimestamp(calendar(zone))).isEqualTo(expected);
    assertThat(timestamp(reading, zone).getObject()).isEqualTo(expected);
    assertThat(timestamp(reading, zone).getObject(Instant.class)).isEqualTo(instant);
    assertThat(timestamp(reading, zone).getObject(LocalDateTime.class)).isEqualTo(reading);
    assertThat(timestamp(reading, zone).getString()).as("text never shifts").isEqualTo(reading.replace('T', ' '));
  }

  @Test
  void pointsInTimeAreShownInTheirZone() throws Exception {
    TimeStampMicroTZVector vector = new TimeStampMicroTZVector("c", allocator, "Europe/Berlin");
    Instant instant = Instant.parse("2026-07-01T10:00:00Z");
    vector.setSafe(0, instant.getEpochSecond() * 1_000_000);
    Accessor accessor = one(vector, TimeZone.getTimeZone("Asia/Tokyo"));
    assertThat(accessor.getObject()).isEqualTo(OffsetDateTime.parse("2026-07-01T12:00:00+02:00"));
    assertThat(accessor.getString()).isEqualTo("2026-07-01 12:00:00+02:00");
    assertThat(accessor.getTimestamp(calendar("America/New_York"))).isEqualTo(Timestamp.from(instant));
    assertThat(accessor.getObject(ZonedDateTime.class).toInstant()).isEqualTo(instant);
    assertThat(accessor.getObject(LocalDateTime.class)).isEqualTo("2026-07-01T19:00:00");
    assertThat(accessor.getObject(LocalDate.class)).isEqualTo("2026-07-01");
    assertThat(accessor.getDate(calendar("Asia/Tokyo"))).isEqualTo(new Date(Instant.parse("2026-06-30T15:00:00Z").toEpochMilli()));
  }

  @Test
  void timesOfDayBecomeMoments() throws Exception {
    TimeMicroVector vector = new TimeMicroVector("c", allocator);
    vector.setSafe(0, LocalTime.parse("12:34:56.789012").toNanoOfDay() / 1000);
    Accessor accessor = one(vector);
    assertThat(accessor.getObject(LocalTime.class)).isEqualTo("12:34:56.789012");
    assertThat(accessor.getTime(calendar("UTC"))).isEqualTo(new Time(45_296_789));
    assertThat(accessor.getString()).isEqualTo("12:34:56.789012");
  }

  @Test
  void theServersWordOnATypeCounts() throws Exception {
    IntVector vector = new IntVector(Streams.declared("c", new ArrowType.Int(32, true), "bigint"), allocator);
    vector.setSafe(0, 5);
    assertThat(one(vector).getObject()).isEqualTo(5L);
    IntVector odd = new IntVector(Streams.declared("c", new ArrowType.Int(32, true), "string"), allocator);
    odd.setSafe(0, 5);
    assertThat(one(odd).getObject()).as("what does not fit the wire is not believed").isEqualTo(5);
  }
}
