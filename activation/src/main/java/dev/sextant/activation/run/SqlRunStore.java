// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.run;

import dev.sextant.activation.ActivationIssue;
import dev.sextant.activation.Activity;
import dev.sextant.activation.Reject;
import dev.sextant.activation.Run;
import dev.sextant.activation.RunKind;
import dev.sextant.activation.RunReport;
import dev.sextant.activation.RunState;
import dev.sextant.activation.RunStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** Runs in tables of SQLite or PostgreSQL. */
public final class SqlRunStore implements RunStore {
  private final Jdbi jdbi;

  /** The tables must exist; the source stays its owner's. */
  public SqlRunStore(DataSource source) {
    this.jdbi = Jdbi.create(source);
  }

  @Override
  public Optional<Run> begin(Run.Target target, Run.Trigger trigger, Instant dueAt, String owner, Instant now) {
    String id = UUID.randomUUID().toString();
    try {
      jdbi.useHandle(handle -> handle.createUpdate("""
          insert into runs (id, kind, name, state, run_trigger, due_at, owner, heartbeat_at, started_at, report)
          values (:id, :kind, :name, 'RUNNING', :trigger, :due, :owner, :now, :now, :report)""")
          .bind("id", id)
          .bind("kind", target.kind())
          .bind("name", target.name())
          .bind("trigger", trigger)
          .bind("due", dueAt.toEpochMilli())
          .bind("owner", owner)
          .bind("now", now.toEpochMilli())
          .bind("report", ReportJson.write(RunReport.EMPTY))
          .execute());
    } catch (UnableToExecuteStatementException refused) {
      if (isRunning(target)) {
        return Optional.empty();
      }
      throw broken(refused);
    }
    return find(id);
  }

  private boolean isRunning(Run.Target target) {
    return read("select count(*) from runs where state = 'RUNNING' and kind = :kind and name = :name",
        query -> query.bind("kind", target.kind()).bind("name", target.name()).mapTo(Long.class).one()) > 0;
  }

  @Override
  public boolean heartbeat(String run, String owner, RunReport report, Instant now) {
    return write(() -> jdbi.withHandle(handle -> handle.createUpdate("""
        update runs set heartbeat_at = :now, report = :report where id = :id and owner = :owner and state = 'RUNNING'""")
        .bind("now", now.toEpochMilli())
        .bind("report", ReportJson.write(report))
        .bind("id", run)
        .bind("owner", owner)
        .execute())) == 1;
  }

  @Override
  public boolean end(String run, String owner, Activity.Outcome outcome, Instant now) {
    return write(() -> jdbi.withHandle(handle -> handle.createUpdate("""
        update runs set state = :state, ended_at = :now, report = :report where id = :id and owner = :owner and state = 'RUNNING'""")
        .bind("state", outcome.state())
        .bind("now", now.toEpochMilli())
        .bind("report", ReportJson.write(outcome.report()))
        .bind("id", run)
        .bind("owner", owner)
        .execute())) == 1;
  }

  @Override
  public List<Run> bury(Duration patience, Instant now) {
    List<Run> silent = read("select * from runs where state = 'RUNNING'", query -> query.map((row, context) -> heard(row)).list()).stream()
        .filter(heard -> heard.at().isBefore(now.minus(patience)) || heard.run().owner().filter(Owner::isGone).isPresent())
        .map(Heard::run)
        .toList();
    List<Run> buried = new ArrayList<>();
    for (Run run : silent) {
      int changed = write(() -> jdbi.withHandle(handle -> handle.createUpdate("""
          update runs set state = 'DEAD', ended_at = :now where id = :id and state = 'RUNNING'""")
          .bind("now", now.toEpochMilli())
          .bind("id", run.id())
          .execute()));
      if (changed == 1) {
        buried.add(run);
      }
    }
    return buried;
  }

  @Override
  public void addRejects(String run, List<Reject> rows, Instant now) {
    if (rows.isEmpty()) {
      return;
    }
    write(() -> jdbi.inTransaction(handle -> {
      PreparedBatch batch = handle.prepareBatch("""
          insert into rejects (run, row_key, operation, status, code, message, attempts, rejected_at)
          values (:run, :key, :operation, :status, :code, :message, :attempts, :now)""");
      for (Reject row : rows) {
        batch.bind("run", run)
            .bind("key", row.key())
            .bind("operation", row.operation())
            .bind("status", row.status())
            .bind("code", row.code())
            .bind("message", row.message())
            .bind("attempts", row.attempts())
            .bind("now", now.toEpochMilli())
            .add();
      }
      return batch.execute().length;
    }));
  }

  @Override
  public List<Reject> rejects(String run, int limit) {
    return read("select * from rejects where run = :run order by row_key limit :limit", query -> query.bind("run", run)
        .bind("limit", limit)
        .map((row, context) -> new Reject(row.getString("row_key"), row.getString("operation"), row.getInt("status"), row.getString("code"),
            row.getString("message"), row.getInt("attempts")))
        .list());
  }

  @Override
  public Optional<Run> find(String run) {
    return read("select * from runs where id = :id", query -> query.bind("id", run).map((row, context) -> run(row)).findOne());
  }

  @Override
  public List<Run> list(Optional<Run.Target> target, int limit) {
    String condition = target.isPresent() ? "where kind = :kind and name = :name" : "";
    return read("select * from runs " + condition + " order by started_at desc, id limit :limit", query -> {
      target.ifPresent(wanted -> query.bind("kind", wanted.kind()).bind("name", wanted.name()));
      return query.bind("limit", limit).map((row, context) -> run(row)).list();
    });
  }

  @Override
  public void forget(Instant before) {
    write(() -> jdbi.withHandle(handle -> handle.createUpdate("delete from rejects where rejected_at < :before")
        .bind("before", before.toEpochMilli())
        .execute()));
  }

  @Override
  public void close() {
    // The source of connections is its owner's.
  }

  private record Heard(Run run, Instant at) {}

  private static Heard heard(ResultSet row) throws SQLException {
    return new Heard(run(row), Instant.ofEpochMilli(row.getLong("heartbeat_at")));
  }

  private static Run run(ResultSet row) throws SQLException {
    Run.Target target = new Run.Target(RunKind.valueOf(row.getString("kind")), row.getString("name"));
    long ended = row.getLong("ended_at");
    Optional<Instant> endedAt = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(ended));
    return new Run(row.getString("id"), target, RunState.valueOf(row.getString("state")),
        Run.Trigger.valueOf(row.getString("run_trigger")), Instant.ofEpochMilli(row.getLong("due_at")),
        Optional.of(Instant.ofEpochMilli(row.getLong("started_at"))), endedAt, Optional.ofNullable(row.getString("owner")),
        ReportJson.read(row.getString("report")));
  }

  private interface Reading<T> {
    T from(Query query);
  }

  private <T> T read(String sql, Reading<T> reading) {
    try {
      return jdbi.withHandle(handle -> {
        try (Query query = handle.createQuery(sql)) {
          return reading.from(query);
        }
      });
    } catch (JdbiException failure) {
      throw broken(failure);
    }
  }

  private static int write(java.util.function.IntSupplier work) {
    try {
      return work.getAsInt();
    } catch (JdbiException failure) {
      throw broken(failure);
    }
  }

  private static RuntimeException broken(JdbiException failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return ActivationIssue.RUN_STORE.because("The store of runs failed: " + cause.getMessage(), failure);
  }
}
