// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.error;

import dev.sextant.model.ErrorKind;
import dev.sextant.model.IssueCode;
import dev.sextant.query.QueryIssue;
import java.util.EnumMap;
import java.util.Map;

/** The one table from error kinds to what each door calls them. */
public final class ErrorTable {

  /** States that say more than the kind's own to those who speak SQL. */
  private static final Map<QueryIssue, String> SQL_STATES = sqlStates();

  private ErrorTable() {}

  /** What one kind of error is called: the HTTP status, the SQLSTATE, the Flight status and the GraphQL classification. */
  public record Row(int http, String sqlState, String flight, String graphql) {
    Row withSqlState(String state) {
      return new Row(http, state, flight, graphql);
    }

    Row withHttp(int status) {
      return new Row(status, sqlState, flight, graphql);
    }
  }

  /** The row of a code: its kind's, with the more telling HTTP status or SQLSTATE where the code has one. */
  public static Row row(IssueCode code) {
    Row row = row(code.kind());
    return switch (code) {
      case ServerIssue issue -> row.withHttp(issue.httpStatus());
      case QueryIssue issue when SQL_STATES.containsKey(issue) -> row.withSqlState(SQL_STATES.getOrDefault(issue, row.sqlState()));
      default -> row;
    };
  }

  private static Map<QueryIssue, String> sqlStates() {
    Map<QueryIssue, String> states = new EnumMap<>(QueryIssue.class);
    states.put(QueryIssue.INVALID_SQL, "42601");
    states.put(QueryIssue.UNKNOWN_COLUMN, "42703");
    states.put(QueryIssue.UNKNOWN_VIEW, "42P01");
    states.put(QueryIssue.TYPE_MISMATCH, "42804");
    states.put(QueryIssue.DATA_ERROR, "22000");
    states.put(QueryIssue.WAREHOUSE_UNREACHABLE, "08006");
    return states;
  }

  /** The row of a kind. Only what is not the asker's mistake is 5xx; 409 stands for the non-standard 499 of a cancelled query. */
  public static Row row(ErrorKind kind) {
    return switch (kind) {
      case USER -> new Row(400, "42000", "INVALID_ARGUMENT", "BAD_REQUEST");
      case MODEL -> new Row(500, "F0000", "INTERNAL", "INTERNAL_ERROR");
      case NOT_FOUND -> new Row(404, "42704", "NOT_FOUND", "NOT_FOUND");
      case DENIED -> new Row(403, "42501", "UNAUTHORIZED", "FORBIDDEN");
      case UNSUPPORTED -> new Row(422, "0A000", "UNIMPLEMENTED", "BAD_REQUEST");
      case BUSY -> new Row(429, "53300", "RESOURCE_EXHAUSTED", "BUSY");
      case TIMEOUT -> new Row(504, "HYT00", "TIMED_OUT", "TIMEOUT");
      case CANCELLED -> new Row(409, "57014", "CANCELLED", "CANCELLED");
      case UPSTREAM -> new Row(502, "HV000", "UNAVAILABLE", "UPSTREAM_ERROR");
      case BUG -> new Row(500, "XX000", "INTERNAL", "INTERNAL_ERROR");
    };
  }
}
