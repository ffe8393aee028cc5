// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc;

import dev.sextant.jdbc.arrow.ArrowStream;
import dev.sextant.jdbc.arrow.ColumnType;
import dev.sextant.jdbc.http.Exchange;
import dev.sextant.jdbc.http.SqlErrors;
import dev.sextant.jdbc.wire.ArrowFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.ColumnMetaData.Rep;
import org.apache.calcite.avatica.util.ArrayImpl;
import org.apache.calcite.avatica.util.Cursor;

/** The rows of an answer as they come from the server. */
final class Answer implements Cursor {
  private static final String WARNINGS = "sextant.warnings";
  private static final String WARNING_STATE = "01000";

  private final Exchange exchange;
  private final InputStream in;
  private final ArrowStream stream;
  private boolean empty;
  private boolean finished;

  /** Sends the exchange's statement and reads the answer up to its first rows. */
  Answer(Exchange exchange) throws SQLException {
    this.exchange = exchange;
    this.in = exchange.open();
    try {
      this.stream = new ArrowStream(in);
      this.empty = !stream.begin();
      if (empty) {
        finish();
      }
    } catch (IOException broken) {
      throw failed(broken);
    }
  }

  private SQLException failed(IOException broken) {
    SQLException failure = broken instanceof ArrowFormatException ? unreadable(broken) : exchange.explain(broken);
    close();
    return failure;
  }

  private static SQLException unreadable(IOException broken) {
    SQLException failure = SqlErrors.of(String.valueOf(broken.getMessage()), "0A000");
    failure.initCause(broken);
    return failure;
  }

  private void finish() throws IOException {
    if (!finished) {
      finished = true;
      exchange.finish(in);
    }
  }

  /** What ResultSetMetaData tells. */
  List<ColumnMetaData> columns() {
    List<ColumnMetaData> columns = new ArrayList<>();
    for (int i = 0; i < stream.columnCount(); i++) {
      columns.add(column(i, stream.name(i), stream.type(i)));
    }
    return columns;
  }

  /** The types of the columns, in order. */
  List<ColumnType> types() {
    List<ColumnType> types = new ArrayList<>();
    for (int i = 0; i < stream.columnCount(); i++) {
      types.add(stream.type(i));
    }
    return types;
  }

  private static ColumnMetaData column(int ordinal, String name, ColumnType type) {
    return new ColumnMetaData(ordinal, false, type.isText(), true, false, DatabaseMetaData.columnNullable, type.isSigned(),
        type.displaySize(), name, name, "", type.precision(), type.scale(), "", "",
        ColumnMetaData.scalar(type.jdbcType(), type.name(), Rep.OBJECT), true, false, false, type.className());
  }

  /** What the server tells about the answer as a whole. */
  Optional<String> metadata(String key) {
    return Optional.ofNullable(stream.metadata().get(key));
  }

  Optional<String> header(String name) {
    return exchange.header(name);
  }

  /** What the server warns of, the first with the others behind it. */
  Optional<SQLWarning> warnings() {
    Optional<SQLWarning> first = Optional.empty();
    for (String line : metadata(WARNINGS).orElse("").split("\n")) {
      SQLWarning warning = new SQLWarning(line, WARNING_STATE);
      if (first.isPresent()) {
        first.get().setNextWarning(warning);
      } else if (!line.isBlank()) {
        first = Optional.of(warning);
      }
    }
    return first;
  }

  boolean isEmpty() {
    return empty;
  }

  boolean hasMore() throws SQLException {
    try {
      return stream.hasMore();
    } catch (IOException broken) {
      throw failed(broken);
    }
  }

  @Override
  public List<Accessor> createAccessors(List<ColumnMetaData> types, Calendar localCalendar, ArrayImpl.Factory factory) {
    return stream.accessors(localCalendar.getTimeZone());
  }

  @Override
  public boolean next() throws SQLException {
    exchange.check();
    try {
      if (stream.next()) {
        return true;
      }
      finish();
      return false;
    } catch (IOException broken) {
      throw failed(broken);
    }
  }

  @Override
  public void close() {
    exchange.close();
  }

  @Override
  public boolean wasNull() {
    return stream.wasNull();
  }
}
