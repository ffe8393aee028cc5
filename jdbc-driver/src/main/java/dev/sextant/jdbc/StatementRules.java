// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc;

import dev.sextant.jdbc.http.SqlErrors;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.calcite.avatica.AvaticaConnection;
import org.jspecify.annotations.Nullable;

/** What statements with and without parameters have in common. */
final class StatementRules {
  private static final int LONGEST_TIMEOUT = 2_000_000;

  private StatementRules() {}

  static void checkOpen(boolean closed) throws SQLException {
    if (closed) {
      throw SqlErrors.of("The statement is closed.", "HY010");
    }
  }

  /** Only commands have a count, and theirs is 0. */
  static long updateCount(@Nullable ResultSet rows, long count) throws SQLException {
    if (rows != null) {
      rows.close();
      throw SqlErrors.of("The statement returns rows; run it with executeQuery.", "HY000");
    }
    return count;
  }

  static SQLException noBatches() {
    return SqlErrors.of("Batches are not supported: this connection only asks questions.", "0A000");
  }

  static ResultSet noKeys(AvaticaConnection connection) throws SQLException {
    return ((SextantConnection) connection).emptyResult(Listing.of());
  }

  /** Whether the current result stays open when there is, as always, no further one. */
  static boolean keepsResult(int current) throws SQLException {
    switch (current) {
      case Statement.KEEP_CURRENT_RESULT :
        return true;
      case Statement.CLOSE_CURRENT_RESULT :
      case Statement.CLOSE_ALL_RESULTS :
        return false;
      default :
        throw SqlErrors.of("getMoreResults() does not know " + current + ".", "HY024");
    }
  }

  static void checkFetchSize(int rows) throws SQLException {
    if (rows < 0) {
      throw SqlErrors.of("A fetch size is 0 or more rows, not " + rows + ".", "HY024");
    }
  }

  static void checkDirection(int direction) throws SQLException {
    if (direction != ResultSet.FETCH_FORWARD && direction != ResultSet.FETCH_REVERSE && direction != ResultSet.FETCH_UNKNOWN) {
      throw SqlErrors.of("There is no fetch direction " + direction + ".", "HY024");
    }
  }

  static int checkTimeout(int seconds) throws SQLException {
    if (seconds < 0) {
      throw SqlErrors.of("A timeout is 0 or more seconds, not " + seconds + ".", "HY024");
    }
    return Math.min(seconds, LONGEST_TIMEOUT);
  }
}
