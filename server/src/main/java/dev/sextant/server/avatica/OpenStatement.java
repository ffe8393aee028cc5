// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.avatica;

import java.util.Optional;

/** A statement of a client, and the answer it reads from. */
final class OpenStatement {
  private final String sql;
  private Optional<OpenAnswer> answer = Optional.empty();

  OpenStatement(String sql) {
    this.sql = sql;
  }

  /** What it was prepared with; empty if it was not. */
  String sql() {
    return sql;
  }

  /** Reads from another answer from now on. */
  void read(OpenAnswer next) {
    Optional<OpenAnswer> before;
    synchronized (this) {
      before = answer;
      answer = Optional.of(next);
    }
    before.ifPresent(OpenAnswer::close);
  }

  synchronized Optional<OpenAnswer> answer() {
    return answer;
  }

  void close() {
    Optional<OpenAnswer> last;
    synchronized (this) {
      last = answer;
      answer = Optional.empty();
    }
    last.ifPresent(OpenAnswer::close);
  }
}
