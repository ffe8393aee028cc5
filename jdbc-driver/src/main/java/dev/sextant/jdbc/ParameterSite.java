// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc;

import dev.sextant.jdbc.http.SqlErrors;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import org.apache.calcite.avatica.AvaticaParameter;
import org.apache.calcite.avatica.AvaticaSite;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * Where a parameter's value goes. The framework's own site drops streams without a word and keeps milliseconds only, so all that it does with
 * values is done anew here.
 */
final class ParameterSite extends AvaticaSite {
  private final @Nullable SqlValue[] values;
  private final int index;
  private final Calendar local;

  ParameterSite(AvaticaParameter parameter, Calendar local, int index, @Nullable SqlValue[] values) {
    super(parameter, local, index, new TypedValue[values.length]);
    this.values = values;
    this.index = index;
    this.local = local;
  }

  private void set(@Nullable Object object) {
    set(object, local);
  }

  private void set(@Nullable Object object, @Nullable Calendar calendar) {
    try {
      values[index] = new ObjectToSqlValue((calendar == null ? local : calendar).getTimeZone()).value(object);
    } catch (SQLException refused) {
      throw Sneaky.thrown(refused);
    }
  }

  private static void refuse(String what) {
    throw Sneaky.thrown(SqlErrors.of("A parameter cannot be a " + what + ".", "0A000"));
  }

  @Override
  public boolean isSet(int at) {
    return values[at] != null;
  }

  @Override
  public void setObject(@Nullable Object x) {
    set(x);
  }

  @Override
  public void setObject(@Nullable Object x, int targetSqlType) {
    setObject(x, targetSqlType, 0);
  }

  /** The scale is not needed: the server takes decimals with all their digits. */
  @Override
  public void setObject(@Nullable Object x, int targetSqlType, int scaleOrLength) {
    set(x);
    SqlValue value = values[index];
    if (value != null && x != null) {
      try {
        values[index] = TypedSqlValue.of(value, targetSqlType);
      } catch (SQLException refused) {
        throw Sneaky.thrown(refused);
      }
    }
  }

  @Override
  public void setNull(int sqlType) {
    set(null);
  }

  @Override
  public void setNull(int sqlType, String typeName) {
    set(null);
  }

  @Override
  public void setByte(byte o) {
    set(o);
  }

  @Override
  public void setChar(char o) {
    set(o);
  }

  @Override
  public void setShort(short o) {
    set(o);
  }

  @Override
  public void setInt(int o) {
    set(o);
  }

  @Override
  public void setLong(long o) {
    set(o);
  }

  @Override
  public void setBoolean(boolean o) {
    set(o);
  }

  @Override
  public void setFloat(float x) {
    set(x);
  }

  @Override
  public void setDouble(double x) {
    set(x);
  }

  @Override
  public void setBigDecimal(@Nullable BigDecimal x) {
    set(x);
  }

  @Override
  public void setString(@Nullable String x) {
    set(x);
  }

  @Override
  public void setNString(@Nullable String o) {
    set(o);
  }

  @Override
  public void setBytes(byte @Nullable [] x) {
    set(x);
  }

  @Override
  public void setDate(@Nullable Date x, @Nullable Calendar calendar) {
    set(x, calendar);
  }

  @Override
  public void setTime(@Nullable Time x, @Nullable Calendar calendar) {
    set(x, calendar);
  }

  @Override
  public void setTimestamp(@Nullable Timestamp x, @Nullable Calendar calendar) {
    set(x, calendar);
  }

  @Override
  public void setCharacterStream(@Nullable Reader reader) {
    set(reader);
  }

  @Override
  public void setCharacterStream(@Nullable Reader reader, long length) {
    set(Limited.reader(reader, length));
  }

  @Override
  public void setNCharacterStream(@Nullable Reader value) {
    set(value);
  }

  @Override
  public void setNCharacterStream(@Nullable Reader value, long length) {
    set(Limited.reader(value, length));
  }

  @Override
  public void setClob(@Nullable Clob x) {
    set(x);
  }

  @Override
  public void setClob(@Nullable Reader reader) {
    set(reader);
  }

  @Override
  public void setClob(@Nullable Reader reader, long length) {
    set(Limited.reader(reader, length));
  }

  @Override
  public void setNClob(@Nullable NClob value) {
    set(value);
  }

  @Override
  public void setNClob(@Nullable Reader reader) {
    set(reader);
  }

  @Override
  public void setNClob(@Nullable Reader reader, long length) {
    set(Limited.reader(reader, length));
  }

  @Override
  public void setBlob(@Nullable Blob x) {
    set(x);
  }

  @Override
  public void setBlob(@Nullable InputStream inputStream) {
    set(inputStream);
  }

  @Override
  public void setBlob(@Nullable InputStream inputStream, long length) {
    set(Limited.stream(inputStream, length));
  }

  @Override
  public void setBinaryStream(@Nullable InputStream x) {
    set(x);
  }

  @Override
  public void setBinaryStream(@Nullable InputStream x, long length) {
    set(Limited.stream(x, length));
  }

  @Override
  public void setAsciiStream(@Nullable InputStream x) {
    set(Limited.ascii(x));
  }

  @Override
  public void setAsciiStream(@Nullable InputStream x, long length) {
    set(Limited.ascii(Limited.stream(x, length)));
  }

  @Override
  public void setUnicodeStream(@Nullable InputStream x, int length) {
    set(Limited.unicode(Limited.stream(x, length)));
  }

  @Override
  public void setURL(@Nullable URL x) {
    set(x == null ? null : x.toString());
  }

  @Override
  public void setArray(@Nullable Array x) {
    refuse("list");
  }

  @Override
  public void setRef(@Nullable Ref x) {
    refuse("Ref");
  }

  @Override
  public void setRowId(@Nullable RowId x) {
    refuse("RowId");
  }

  @Override
  public void setSQLXML(@Nullable SQLXML x) {
    refuse("SQLXML");
  }
}
