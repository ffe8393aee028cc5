// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc;

import dev.sextant.jdbc.testing.FakeServer;
import dev.sextant.jdbc.testing.Tables;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.JDBCType;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.Map;
import java.util.TimeZone;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PreparedStatementTest {
  private final FakeServer server = new FakeServer();
  private Connection connection;
  private PreparedStatement statement;

  @BeforeEach
  void connect() throws SQLException {
    connection = DriverManager.getConnection(server.url());
    server.answer((asked, reply) -> reply.arrow(
        asked.isPrepare() ? Tables.numbers(0, Map.of("sextant.kind", "query", "sextant.parameters", "bigint;decimal(18, 2);other"))
            : Tables.numbers(1)));
    statement = connection.prepareStatement("select ?");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    server.close();
  }

  /** Runs with a first parameter and returns how the server got it. */
  private String sent(Setting setting) throws SQLException {
    setting.set(statement);
    statement.setNull(2, Types.INTEGER);
    statement.setNull(3, Types.INTEGER);
    statement.executeQuery().close();
    Object value = server.lastAsked().parameters().get(0);
    return value instanceof Map<?, ?> typed ? typed.get("type") + " " + typed.get("value") : "null";
  }

  private static URL url() {
    try {
      return URI.create("http://a/b").toURL();
    } catch (MalformedURLException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private interface Setting {
    void set(PreparedStatement statement) throws SQLException;
  }

  @Test
  void everythingIsKnownBeforeItRuns() throws SQLException {
    ResultSetMetaData columns = statement.getMetaData();
    assertThat(columns.getColumnCount()).isEqualTo(1);
    assertThat(columns.getColumnTypeName(1)).isEqualTo("BIGINT");
    ParameterMetaData parameters = statement.getParameterMetaData();
    assertThat(parameters.getParameterCount()).isEqualTo(3);
    assertThat(parameters.getParameterType(1)).isEqualTo(Types.BIGINT);
    assertThat(parameters.getParameterClassName(1)).isEqualTo("java.lang.Long");
    assertThat(parameters.getParameterType(2)).isEqualTo(Types.DECIMAL);
    assertThat(parameters.getPrecision(2)).isEqualTo(18);
    assertThat(parameters.getScale(2)).isEqualTo(2);
    assertThat(parameters.getParameterTypeName(3)).isEqualTo("OTHER");
    assertThat(parameters.getParameterMode(3)).isEqualTo(ParameterMetaData.parameterModeIn);
    assertThat(server.asked()).allMatch(FakeServer.Asked::isPrepare);
    assertThatThrownBy(() -> parameters.getParameterType(4)).isInstanceOf(SQLException.class).hasMessageContaining("no parameter 4");
  }

  @Test
  void valuesKeepTheirTypeAndAllTheirDigits() throws SQLException {
    assertThat(sent(s -> s.setInt(1, -7))).isEqualTo("integer -7");
    assertThat(sent(s -> s.setLong(1, Long.MIN_VALUE))).isEqualTo("bigint -9223372036854775808");
    assertThat(sent(s -> s.setShort(1, (short) 3))).isEqualTo("integer 3");
    assertThat(sent(s -> s.setByte(1, (byte) 3))).isEqualTo("integer 3");
    assertThat(sent(s -> s.setBoolean(1, true))).isEqualTo("boolean true");
    assertThat(sent(s -> s.setDouble(1, 1e-7))).isEqualTo("double 1.0E-7");
    assertThat(sent(s -> s.setFloat(1, 0.1f))).isEqualTo("double 0.1");
    assertThat(sent(s -> s.setBigDecimal(1, new BigDecimal("12345678901234567890.1230")))).isEqualTo(
        "decimal 12345678901234567890.1230");
    assertThat(sent(s -> s.setObject(1, new BigInteger("99999999999999999999")))).isEqualTo("decimal 99999999999999999999");
    assertThat(sent(s -> s.setString(1, "O'Neil \"ä€😀\"\n\\"))).isEqualTo("string O'Neil \"ä€😀\"\n\\");
    assertThat(sent(s -> s.setNString(1, "x"))).isEqualTo("string x");
    assertThat(sent(s -> s.setBytes(1, new byte[] {0, -1, 16}))).isEqualTo("binary 00ff10");
    assertThat(sent(s -> s.setString(1, null))).isEqualTo("null");
    assertThat(sent(s -> s.setObject(1, null))).isEqualTo("null");
    UUID id = UUID.randomUUID();
    assertThat(sent(s -> s.setObject(1, id))).isEqualTo("string " + id);
    assertThat(sent(s -> s.setURL(1, url()))).isEqualTo("string http://a/b");
  }

  @Test
  void datesAndTimesKeepTheirReading() throws SQLException {
    assertThat(sent(s -> s.setDate(1, Date.valueOf("2026-03-29")))).isEqualTo("date 2026-03-29");
    assertThat(sent(s -> s.setDate(1, Date.valueOf("1500-02-28")))).isEqualTo("date 1500-02-28");
    assertThat(sent(s -> s.setTime(1, Time.valueOf("23:59:58")))).isEqualTo("time 23:59:58");
    assertThat(sent(s -> s.setTimestamp(1, Timestamp.valueOf("2026-01-31 23:59:58.123456789")))).isEqualTo(
        "timestamp 2026-01-31 23:59:58.123456789");
    assertThat(sent(s -> s.setObject(1, LocalDate.of(2026, 1, 31)))).isEqualTo("date 2026-01-31");
    assertThat(sent(s -> s.setObject(1, LocalTime.of(1, 2, 3, 4000)))).isEqualTo("time 01:02:03.000004");
    assertThat(sent(s -> s.setObject(1, LocalDateTime.of(2026, 1, 31, 1, 2)))).isEqualTo("timestamp 2026-01-31 01:02:00");
    OffsetDateTime moment = OffsetDateTime.of(2026, 1, 31, 1, 2, 3, 0, ZoneOffset.ofHours(2));
    assertThat(sent(s -> s.setObject(1, moment))).isEqualTo("timestamp_tz 2026-01-30 23:02:03+00:00");
    assertThat(sent(s -> s.setObject(1, moment.toInstant()))).isEqualTo("timestamp_tz 2026-01-30 23:02:03+00:00");
    assertThat(sent(s -> s.setObject(1, ZonedDateTime.of(2026, 7, 1, 0, 0, 0, 0, ZoneId.of("Europe/Berlin"))))).isEqualTo(
        "timestamp_tz 2026-06-30 22:00:00+00:00");
    assertThat(sent(s -> s.setObject(1, new java.util.Date(Timestamp.valueOf("2026-01-31 01:02:03").getTime())))).isEqualTo(
        "timestamp 2026-01-31 01:02:03");
  }

  @Test
  void calendarsGiveTheirZone() throws SQLException {
    Calendar tokyo = new GregorianCalendar(TimeZone.getTimeZone("Asia/Tokyo"));
    Timestamp midnightInUtc = Timestamp.from(Instant.parse("2026-01-31T00:00:00Z"));
    assertThat(sent(s -> s.setTimestamp(1, midnightInUtc, tokyo))).isEqualTo("timestamp 2026-01-31 09:00:00");
    assertThat(sent(s -> s.setDate(1, new Date(Instant.parse("2026-01-30T20:00:00Z").toEpochMilli()), tokyo))).isEqualTo(
        "date 2026-01-31");
  }

  @Test
  void streamsAreReadAsFarAsIsAskedFor() throws SQLException {
    assertThat(sent(s -> s.setCharacterStream(1, new StringReader("abcdef"), 3))).isEqualTo("string abc");
    assertThat(sent(s -> s.setCharacterStream(1, new StringReader("abcdef")))).isEqualTo("string abcdef");
    assertThat(sent(s -> s.setClob(1, new StringReader("abc")))).isEqualTo("string abc");
    assertThat(sent(s -> s.setAsciiStream(1, new ByteArrayInputStream("abc".getBytes(StandardCharsets.US_ASCII)), 2))).isEqualTo(
        "string ab");
    assertThat(sent(s -> s.setBinaryStream(1, new ByteArrayInputStream(new byte[] {1, 2, 3}), 2L))).isEqualTo("binary 0102");
    assertThat(sent(s -> s.setBlob(1, new ByteArrayInputStream(new byte[] {1})))).isEqualTo("binary 01");
  }

  @Test
  void aTargetTypeConverts() throws SQLException {
    assertThat(sent(s -> s.setObject(1, "12", Types.INTEGER))).isEqualTo("integer 12");
    assertThat(sent(s -> s.setObject(1, 12.9, Types.BIGINT))).isEqualTo("bigint 12");
    assertThat(sent(s -> s.setObject(1, true, Types.DECIMAL))).isEqualTo("decimal 1");
    assertThat(sent(s -> s.setObject(1, 5, Types.VARCHAR))).isEqualTo("string 5");
    assertThat(sent(s -> s.setObject(1, 1, Types.BOOLEAN))).isEqualTo("boolean true");
    assertThat(sent(s -> s.setObject(1, "2026-01-31", Types.DATE))).isEqualTo("date 2026-01-31");
    assertThat(sent(s -> s.setObject(1, LocalDateTime.of(2026, 1, 31, 1, 2), Types.DATE))).isEqualTo("date 2026-01-31");
    assertThat(sent(s -> s.setObject(1, LocalDate.of(2026, 1, 31), JDBCType.TIMESTAMP))).isEqualTo("timestamp 2026-01-31 00:00:00");
    assertThat(sent(s -> s.setObject(1, "1.50", Types.NUMERIC, 1))).isEqualTo("decimal 1.50");
    assertThat(sent(s -> s.setObject(1, null, Types.DATE))).isEqualTo("null");
    assertThatThrownBy(() -> statement.setObject(1, "x", Types.INTEGER)).isInstanceOf(SQLException.class).hasMessageContaining("'x'");
    assertThatThrownBy(() -> statement.setObject(1, 1L << 40, Types.INTEGER)).isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> statement.setObject(1, new Object())).isInstanceOf(SQLFeatureNotSupportedException.class);
  }

  @Test
  void allParametersNeedAValue() throws SQLException {
    statement.setInt(1, 1);
    statement.setInt(3, 1);
    assertThatThrownBy(() -> statement.executeQuery()).isInstanceOf(SQLException.class).hasMessage("Parameter 2 of 3 has no value.");
    statement.setInt(2, 1);
    assertThat(statement.executeQuery().next()).isTrue();
    statement.clearParameters();
    assertThatThrownBy(() -> statement.executeQuery()).isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> statement.setInt(4, 1)).isInstanceOf(SQLException.class).hasMessageContaining("no parameter 4");
  }

  @Test
  void itRunsManyTimes() throws SQLException {
    for (int i = 0; i < 5; i++) {
      statement.setInt(1, i);
      statement.setInt(2, i);
      statement.setInt(3, i);
      assertThat(statement.execute()).isTrue();
      assertThat(statement.getResultSet().next()).isTrue();
    }
    assertThatThrownBy(() -> statement.addBatch()).isInstanceOf(SQLFeatureNotSupportedException.class);
    assertThatThrownBy(() -> statement.executeUpdate()).isInstanceOf(SQLException.class).hasMessageContaining("executeQuery");
    assertThatThrownBy(() -> statement.executeQuery("select 2")).isInstanceOf(SQLException.class);
  }

  @Test
  void commandsHaveNoColumns() throws SQLException {
    server.answer((asked, reply) -> reply.arrow(Tables.nothing()));
    try (PreparedStatement command = connection.prepareStatement("set x = 1", java.sql.Statement.RETURN_GENERATED_KEYS)) {
      assertThat(command.getMetaData()).isNull();
      assertThat(command.execute()).isFalse();
      assertThat(command.executeUpdate()).isZero();
    }
  }
}
