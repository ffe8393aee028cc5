// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.error;

import dev.sextant.model.ErrorKind;
import dev.sextant.model.IssueCode;

/** What can be wrong with a request before it is a question; the codes are stable. */
public enum ServerIssue implements IssueCode {
  UNKNOWN_ROUTE(ErrorKind.NOT_FOUND, 404), METHOD_NOT_ALLOWED(ErrorKind.USER, 405), INVALID_JSON(ErrorKind.USER, 400),
  /** The caller shows no token, or one that nobody knows. */
  UNAUTHENTICATED(ErrorKind.DENIED, 401),
  /** The caller's token was good once. */
  TOKEN_EXPIRED(ErrorKind.DENIED, 401),
  /** The caller may not do what changes or shows what is everybody's. */
  ADMIN_REQUIRED(ErrorKind.DENIED, 403),
  /** A web page of another origin asks, and sextant.yml does not allow that. */
  ORIGIN_NOT_ALLOWED(ErrorKind.DENIED, 403),
  /** A setting of sextant.yml means nothing. */
  INVALID_SETTING(ErrorKind.MODEL, 500),
  /** A header or parameter of the request is wrong. */
  INVALID_PARAMETER(ErrorKind.USER, 400), NOT_ACCEPTABLE(ErrorKind.USER, 406), BODY_TOO_LARGE(ErrorKind.USER, 413),
  UNSUPPORTED_MEDIA_TYPE(ErrorKind.USER, 415),
  /** Advice is asked for, but nobody writes down what questions there are. */
  NO_QUERY_LOG(ErrorKind.NOT_FOUND, 404),
  /** The bytes are no HTTP request. */
  BAD_HTTP(ErrorKind.USER, 400),
  /** Somebody else listens on the port. */
  PORT_IN_USE(ErrorKind.USER, 400),
  /** An answer has other columns than its asker was told. */
  COLUMNS_CHANGED(ErrorKind.UPSTREAM, 502),
  /** The server stops and takes no new queries. */
  SHUTTING_DOWN(ErrorKind.BUSY, 503),
  /** The server has not opened the project yet. */
  STARTING(ErrorKind.BUSY, 503);

  private final ErrorKind kind;
  private final int httpStatus;

  ServerIssue(ErrorKind kind, int httpStatus) {
    this.kind = kind;
    this.httpStatus = httpStatus;
  }

  @Override
  public ErrorKind kind() {
    return kind;
  }

  /** The status that says more than the kind's own. */
  public int httpStatus() {
    return httpStatus;
  }
}
