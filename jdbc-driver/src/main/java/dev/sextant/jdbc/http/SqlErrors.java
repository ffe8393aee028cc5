// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.http;

import dev.sextant.jdbc.json.JsonReader;
import java.math.BigDecimal;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the server or the network says went wrong, as the exception that JDBC has for it. */
public final class SqlErrors {
  static final String CANCELLED = "57014";
  static final String TIMED_OUT = "HYT00";
  static final String NO_CONNECTION = "08001";
  static final String BROKEN_CONNECTION = "08006";
  private static final String GENERAL = "HY000";

  private SqlErrors() {}

  /** The exception of the class that a SQLSTATE belongs to. */
  public static SQLException of(String message, String state) {
    switch (state.substring(0, 2)) {
      case "0A" :
        return new SQLFeatureNotSupportedException(message, state);
      case "22" :
        return new SQLDataException(message, state);
      case "42" :
        return new SQLSyntaxErrorException(message, state);
      case "28" :
        return new SQLInvalidAuthorizationSpecException(message, state);
      case "08" :
        return state.equals(NO_CONNECTION) ? new SQLNonTransientConnectionException(message, state)
            : new SQLTransientConnectionException(message, state);
      case "53" :
        return new SQLTransientException(message, state);
      default :
        return state.equals(TIMED_OUT) ? new SQLTimeoutException(message, state) : new SQLException(message, state);
    }
  }

  static SQLException caused(SQLException failure, Throwable cause) {
    failure.initCause(cause);
    return failure;
  }

  /** Reads the body of an error answer, if it is one of ours; further errors follow as next exceptions. */
  static Optional<SQLException> read(String body) {
    Object answer = JsonReader.read(body).orElse("");
    List<Object> all = new ArrayList<>();
    JsonReader.member(answer, "errors", List.class)
        .ifPresentOrElse(list -> all.addAll((List<?>) list),
            () -> JsonReader.member(answer, "error", Object.class).ifPresent(all::add));
    Optional<SQLException> first = Optional.empty();
    for (Object each : all) {
      Optional<SQLException> next = error(each);
      if (first.isEmpty()) {
        first = next;
      } else {
        next.ifPresent(first.get()::setNextException);
      }
    }
    return first;
  }

  private static Optional<SQLException> error(Object error) {
    String state = JsonReader.member(error, "sqlstate", String.class).filter(text -> text.length() == 5).orElse(GENERAL);
    return JsonReader.member(error, "message", String.class).map(message -> of(message + position(error), state));
  }

  private static String position(Object error) {
    Object position = JsonReader.member(error, "position", Object.class).orElse("");
    Optional<BigDecimal> line = JsonReader.member(position, "line", BigDecimal.class);
    Optional<BigDecimal> column = JsonReader.member(position, "column", BigDecimal.class);
    return line.isPresent() && column.isPresent() ? " (line " + line.get() + ", column " + column.get() + ")" : "";
  }
}
