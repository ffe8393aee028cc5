// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.postgres;

import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.warehouse.statement.WarehouseErrors;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Turns what PostgreSQL and its driver say into issues, by SQLSTATE. */
record PostgresErrors(String warehouse, String host) implements WarehouseErrors {

  @Override
  public SextantException failure(Throwable failure) {
    if (failure instanceof SextantException known) {
      return known;
    }
    Throwable cause = innermost(failure);
    QueryIssue code = cause instanceof SQLException sql ? code(sql) : QueryIssue.WAREHOUSE_ERROR;
    String said = text(cause);
    String message = switch (code) {
      case WAREHOUSE_UNREACHABLE -> "warehouse '" + warehouse + "' at " + host + " cannot be reached: " + said;
      case QUEUE_FULL -> "warehouse '" + warehouse + "' at " + host + " has no connection to spare: " + said;
      default -> "warehouse '" + warehouse + "': " + said;
    };
    return new SextantException(Issue.of(code, Position.NOWHERE, message), failure);
  }

  /** The pool wraps what the driver said; when the driver said nothing in time, the pool speaks for itself. */
  private static Throwable innermost(Throwable failure) {
    Throwable at = failure;
    while (!(at instanceof PSQLException) && at.getCause() != null) {
      at = at.getCause();
    }
    return at;
  }

  static QueryIssue code(SQLException failure) {
    if (failure instanceof SQLTransientConnectionException) {
      return QueryIssue.WAREHOUSE_UNREACHABLE;
    }
    String state = Optional.ofNullable(failure.getSQLState()).orElse("");
    return switch (state) {
      case "42P01", "42703", "3F000" -> QueryIssue.WAREHOUSE_SCHEMA;
      case "0A000" -> QueryIssue.UNSUPPORTED_BY_WAREHOUSE;
      case "53300" -> QueryIssue.QUEUE_FULL;
      // Nobody stopped the query here, so the server did, at its statement_timeout.
      case "57014" -> QueryIssue.DEADLINE_EXCEEDED;
      case "57P01", "57P02", "57P03", "3D000" -> QueryIssue.WAREHOUSE_UNREACHABLE;
      default -> byClass(state);
    };
  }

  private static QueryIssue byClass(String state) {
    return switch (state.substring(0, Math.min(2, state.length()))) {
      case "21", "22" -> QueryIssue.DATA_ERROR;
      case "08", "28" -> QueryIssue.WAREHOUSE_UNREACHABLE;
      default -> QueryIssue.WAREHOUSE_ERROR;
    };
  }

  private static String text(Throwable failure) {
    ServerErrorMessage server = failure instanceof PSQLException known ? known.getServerErrorMessage() : null;
    if (server != null) {
      String hint = server.getHint() == null ? "" : ". " + server.getHint();
      return oneLine(server.getMessage() + hint);
    }
    return switch (failure.getCause()) {
      case UnknownHostException unknown -> "the host is unknown";
      case SocketTimeoutException late -> "it does not answer in time";
      case null, default -> failure instanceof SQLTransientConnectionException
          ? "it does not answer in time"
          : oneLine(String.valueOf(failure.getMessage()));
    };
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\n\\s*", " ");
  }
}
