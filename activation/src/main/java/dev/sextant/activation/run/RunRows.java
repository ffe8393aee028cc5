// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.run;

import dev.sextant.activation.Reject;
import dev.sextant.activation.Run;
import dev.sextant.activation.RunKind;
import dev.sextant.activation.RunState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Runs and rejects as rows of the store's tables. */
final class RunRows {
  private RunRows() {}

  static Run run(ResultSet row) throws SQLException {
    Run.Target target = new Run.Target(RunKind.valueOf(row.getString("kind")), row.getString("name"));
    Run.Wanted wanted = new Run.Wanted(target, Run.Trigger.valueOf(row.getString("run_trigger")),
        Instant.ofEpochMilli(row.getLong("due_at")), StoredJson.scope(row.getString("scope")), row.getString("reason"),
        Optional.ofNullable(row.getString("basis")).map(StoredJson::basis));
    long ended = row.getLong("ended_at");
    Optional<Instant> endedAt = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(ended));
    return new Run(row.getString("id"), wanted, RunState.valueOf(row.getString("state")),
        Optional.of(Instant.ofEpochMilli(row.getLong("started_at"))), endedAt, Optional.ofNullable(row.getString("owner")),
        StoredJson.report(row.getString("report")));
  }

  /** A run with the instant of its last heartbeat. */
  record Heard(Run run, Instant at) {
    static Heard read(ResultSet row) throws SQLException {
      return new Heard(RunRows.run(row), Instant.ofEpochMilli(row.getLong("heartbeat_at")));
    }
  }

  static Reject reject(ResultSet row) throws SQLException {
    return new Reject(row.getString("row_key"), row.getString("operation"), row.getInt("status"), row.getString("code"),
        row.getString("message"), row.getInt("attempts"));
  }
}
