// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.error;

import dev.sextant.model.ErrorKind;
import dev.sextant.model.IssueCode;

/** The one table from error kinds to what each door calls them. */
public final class ErrorTable {

  private ErrorTable() {}

  /** What one kind of error is called: the HTTP status, the SQLSTATE, the Flight status and the GraphQL classification. */
  public record Row(int http, String sqlState, String flight, String graphql) {
    Row withHttp(int status) {
      return new Row(status, sqlState, flight, graphql);
    }
  }

  /** The row of a code: its kind's, with the more telling HTTP status where the code has one. */
  public static Row row(IssueCode code) {
    return code instanceof ServerIssue issue ? row(code.kind()).withHttp(issue.httpStatus()) : row(code.kind());
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
