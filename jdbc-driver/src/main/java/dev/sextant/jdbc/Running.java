// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc;

import dev.sextant.jdbc.http.Exchange;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a statement is doing: the exchange that other threads may cancel, and what the server warned of. */
final class Running {
  private volatile @Nullable Exchange current;
  private volatile boolean waiting;
  private Optional<SQLWarning> warnings = Optional.empty();

  /** Sends a statement and waits until its answer begins. */
  Answer answer(Exchange exchange) throws SQLException {
    warnings = Optional.empty();
    current = exchange;
    waiting = true;
    try {
      Answer answer = new Answer(exchange);
      warnings = answer.warnings();
      return answer;
    } finally {
      waiting = false;
    }
  }

  /** Stops what runs; the statement can be used again. */
  void cancel() {
    Exchange exchange = current;
    if (exchange != null) {
      exchange.cancel();
    }
  }

  /** Stops a statement that still waits for its answer, so that closing it need not wait, too. */
  void stopWaiting() {
    if (waiting) {
      cancel();
    }
  }

  Optional<SQLWarning> warnings() {
    return warnings;
  }

  void clearWarnings() {
    warnings = Optional.empty();
  }
}
