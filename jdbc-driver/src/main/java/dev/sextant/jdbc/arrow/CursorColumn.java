// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.arrow;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Struct;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.Map;
import java.util.TimeZone;
import javax.sql.rowset.serial.SerialBlob;
import javax.sql.rowset.serial.SerialClob;
import org.apache.calcite.avatica.util.Cursor;
import org.joou.UByte;
import org.joou.UInteger;
import org.joou.ULong;
import org.joou.UShort;
import org.jspecify.annotations.Nullable;

/** What JDBC asks of a column at the current row, NULL included. */
abstract class CursorColumn extends Column implements Cursor.Accessor {
  private final Rows rows;

  CursorColumn(Spot spot) {
    super(spot);
    this.rows = spot.rows();
  }

  private boolean absent() {
    rows.wasNull = isNull(rows.index);
    return rows.wasNull;
  }

  @Override
  public final boolean wasNull() {
    return rows.wasNull;
  }

  @Override
  public final @Nullable String getString() throws SQLException {
    return absent() ? null : textAt(rows.index);
  }

  @Override
  public final boolean getBoolean() throws SQLException {
    return !absent() && booleanAt(rows.index);
  }

  @Override
  public final byte getByte() throws SQLException {
    return (byte) within(Byte.MIN_VALUE, Byte.MAX_VALUE, "byte");
  }

  @Override
  public final short getShort() throws SQLException {
    return (short) within(Short.MIN_VALUE, Short.MAX_VALUE, "short");
  }

  @Override
  public final int getInt() throws SQLException {
    return (int) within(Integer.MIN_VALUE, Integer.MAX_VALUE, "int");
  }

  @Override
  public final long getLong() throws SQLException {
    return absent() ? 0 : longAt(rows.index);
  }

  private long within(long least, long most, String what) throws SQLException {
    long value = absent() ? 0 : longAt(rows.index);
    if (value < least || value > most) {
      throw Conversions.outOfRange(this, value, what);
    }
    return value;
  }

  @Override
  public final float getFloat() throws SQLException {
    return absent() ? 0 : (float) doubleAt(rows.index);
  }

  @Override
  public final double getDouble() throws SQLException {
    return absent() ? 0 : doubleAt(rows.index);
  }

  @Override
  public final @Nullable BigDecimal getBigDecimal() throws SQLException {
    return absent() ? null : decimalAt(rows.index);
  }

  @Override
  public final @Nullable BigDecimal getBigDecimal(int scale) throws SQLException {
    return absent() ? null : decimalAt(rows.index).setScale(scale, RoundingMode.HALF_UP);
  }

  @Override
  public final byte @Nullable [] getBytes() throws SQLException {
    return absent() ? null : bytesAt(rows.index);
  }

  @Override
  public final @Nullable Object getObject() throws SQLException {
    return absent() ? null : objectAt(rows.index);
  }

  @Override
  public final @Nullable Object getObject(Map<String, Class<?>> map) throws SQLException {
    return getObject();
  }

  @Override
  public final <T> @Nullable T getObject(Class<T> wanted) throws SQLException {
    return absent() ? null : wanted.cast(Conversions.to(wanted, this, rows.index));
  }

  @Override
  public final @Nullable Date getDate(Calendar calendar) throws SQLException {
    return absent() ? null : dateAt(rows.index, zone(calendar));
  }

  @Override
  public final @Nullable Time getTime(Calendar calendar) throws SQLException {
    return absent() ? null : timeAt(rows.index, zone(calendar));
  }

  @Override
  public final @Nullable Timestamp getTimestamp(Calendar calendar) throws SQLException {
    return absent() ? null : timestampAt(rows.index, zone(calendar));
  }

  private TimeZone zone(@Nullable Calendar calendar) {
    return calendar == null ? zone() : calendar.getTimeZone();
  }

  @Override
  public final @Nullable InputStream getAsciiStream() throws SQLException {
    String text = getString();
    return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public final @Nullable InputStream getUnicodeStream() throws SQLException {
    String text = getString();
    return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public final @Nullable InputStream getBinaryStream() throws SQLException {
    byte[] bytes = getBytes();
    return bytes == null ? null : new ByteArrayInputStream(bytes);
  }

  @Override
  public final @Nullable Reader getCharacterStream() throws SQLException {
    String text = getString();
    return text == null ? null : new StringReader(text);
  }

  @Override
  public final @Nullable Reader getNCharacterStream() throws SQLException {
    return getCharacterStream();
  }

  @Override
  public final @Nullable String getNString() throws SQLException {
    return getString();
  }

  @Override
  public final @Nullable Blob getBlob() throws SQLException {
    byte[] bytes = getBytes();
    return bytes == null ? null : new SerialBlob(bytes);
  }

  @Override
  public final @Nullable Clob getClob() throws SQLException {
    String text = getString();
    return text == null ? null : new SerialClob(text.toCharArray());
  }

  @Override
  public final @Nullable URL getURL() throws SQLException {
    String text = getString();
    try {
      return text == null ? null : new URL(text);
    } catch (MalformedURLException noUrl) {
      throw Conversions.malformed(this, text, "URL");
    }
  }

  @Override
  public final @Nullable UByte getUByte() throws SQLException {
    long value = within(0, 0xff, "unsigned byte");
    return wasNull() ? null : UByte.valueOf(value);
  }

  @Override
  public final @Nullable UShort getUShort() throws SQLException {
    long value = within(0, 0xffff, "unsigned short");
    return wasNull() ? null : UShort.valueOf((int) value);
  }

  @Override
  public final @Nullable UInteger getUInt() throws SQLException {
    long value = within(0, 0xffff_ffffL, "unsigned int");
    return wasNull() ? null : UInteger.valueOf(value);
  }

  @Override
  public final @Nullable ULong getULong() throws SQLException {
    BigDecimal value = getBigDecimal();
    return value == null ? null : ULong.valueOf(value.toBigInteger());
  }

  @Override
  public final Ref getRef() throws SQLException {
    throw Conversions.cannot(this, "Ref");
  }

  @Override
  public final NClob getNClob() throws SQLException {
    throw Conversions.cannot(this, "NClob");
  }

  @Override
  public final SQLXML getSQLXML() throws SQLException {
    throw Conversions.cannot(this, "SQLXML");
  }

  @Override
  public final Array getArray() throws SQLException {
    throw Conversions.cannot(this, "Array; read it as text, which is JSON");
  }

  @Override
  public final Struct getStruct() throws SQLException {
    throw Conversions.cannot(this, "Struct; read it as text, which is JSON");
  }
}
