// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.http;

/** What is sent: where to, the body, the id under which the server knows the query, and the seconds it may take. */
public final class Request {
  private final String body;
  private final String queryId;
  private final int timeoutSeconds;

  /** A statement as JSON; {@code timeoutSeconds} 0 leaves the time to the server. */
  public Request(String body, String queryId, int timeoutSeconds) {
    this.body = body;
    this.queryId = queryId;
    this.timeoutSeconds = timeoutSeconds;
  }

  String body() {
    return body;
  }

  String queryId() {
    return queryId;
  }

  int timeoutSeconds() {
    return timeoutSeconds;
  }
}
