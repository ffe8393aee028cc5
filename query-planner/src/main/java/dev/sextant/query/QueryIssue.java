// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query;

import dev.sextant.model.ErrorKind;
import dev.sextant.model.IssueCode;

/** Everything that can go wrong with a query; the codes are stable. */
public enum QueryIssue implements IssueCode {
  UNKNOWN_METRIC(ErrorKind.USER), UNKNOWN_GROUP_BY(ErrorKind.USER), UNKNOWN_SAVED_QUERY(ErrorKind.NOT_FOUND),
  UNKNOWN_VIEW(ErrorKind.NOT_FOUND), UNKNOWN_COLUMN(ErrorKind.USER),
  /** Two equally short paths lead to what was named. */
  AMBIGUOUS_PATH(ErrorKind.USER),
  /** No joins lead from a metric's dataset to what was named. */
  NO_PATH(ErrorKind.USER), DUPLICATE_NAME(ErrorKind.USER), EMPTY_QUERY(ErrorKind.USER), INVALID_GRAIN(ErrorKind.USER),
  INVALID_FILTER(ErrorKind.USER), INVALID_TIME_RANGE(ErrorKind.USER), INVALID_TIME_ZONE(ErrorKind.USER), INVALID_ORDER_BY(ErrorKind.USER),
  INVALID_LIMIT(ErrorKind.USER), INVALID_REQUEST(ErrorKind.USER), TYPE_MISMATCH(ErrorKind.USER),
  /** The metric needs {@code metric_time} among the group-by items. */
  TIME_REQUIRED(ErrorKind.USER),
  /** Answering would re-aggregate what does not merge. */
  UNSAFE_REAGGREGATION(ErrorKind.USER), INVALID_SQL(ErrorKind.USER), UNSUPPORTED(ErrorKind.UNSUPPORTED),
  UNSUPPORTED_BY_WAREHOUSE(ErrorKind.UNSUPPORTED), ACCESS_DENIED(ErrorKind.DENIED), QUEUE_FULL(ErrorKind.BUSY),
  DEADLINE_EXCEEDED(ErrorKind.TIMEOUT), CANCELLED(ErrorKind.CANCELLED), UNKNOWN_QUERY(ErrorKind.NOT_FOUND),
  /** The warehouse cannot be reached. */
  WAREHOUSE_UNREACHABLE(ErrorKind.UPSTREAM),
  /** A warehouse's settings are wrong, such as an unknown type. */
  WAREHOUSE_CONFIG(ErrorKind.MODEL),
  /** A dataset's table or column is not in the warehouse. */
  WAREHOUSE_SCHEMA(ErrorKind.MODEL),
  /** The warehouse refused or failed a statement. */
  WAREHOUSE_ERROR(ErrorKind.UPSTREAM),
  /** More rows than may leave a warehouse for what is done with them elsewhere. */
  TOO_MANY_ROWS(ErrorKind.USER),
  /** Data made an expression fail, such as text that is no number. */
  DATA_ERROR(ErrorKind.USER), INTERNAL(ErrorKind.BUG);

  private final ErrorKind kind;

  QueryIssue(ErrorKind kind) {
    this.kind = kind;
  }

  @Override
  public ErrorKind kind() {
    return kind;
  }
}
