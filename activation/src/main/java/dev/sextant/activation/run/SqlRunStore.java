// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.run;

import dev.sextant.activation.Activity;
import dev.sextant.activation.Reject;
import dev.sextant.activation.Run;
import dev.sextant.activation.RunReport;
import dev.sextant.activation.RunState;
import dev.sextant.activation.RunStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Update;

/** Runs in tables of SQLite or PostgreSQL. */
public final class SqlRunStore implements RunStore {
  private static final String SKIPS = "skips";

  private final StoreSql sql;

  /** The tables must exist; the source stays its owner's. */
  public SqlRunStore(DataSource source) {
    this.sql = new StoreSql(source);
  }

  @Override
  public Optional<Run> begin(Run.Wanted wanted, String owner, Instant now) {
    String id = UUID.randomUUID().toString();
    int added = sql.write("""
        insert into runs (id, kind, name, state, run_trigger, due_at, owner, heartbeat_at, started_at, report, reason, scope, basis)
        values (:id, :kind, :name, 'RUNNING', :trigger, :due, :owner, :now, :now, :report, :reason, :scope, :basis)
        on conflict (kind, name) where state = 'RUNNING' do nothing""", update -> bound(update, id, wanted, owner, now, RunReport.EMPTY));
    return added == 0 ? Optional.empty() : find(id);
  }

  @Override
  public Run skip(Run.Wanted wanted, String owner, Instant now) {
    Optional<Run> before = list(Optional.of(wanted.target()), 1).stream()
        .filter(run -> run.state() == RunState.SKIPPED && run.wanted().reason().equals(wanted.reason()))
        .findFirst();
    if (before.isPresent()) {
      Run run = before.get();
      RunReport report = RunReport.of(Map.of(SKIPS, run.report().count(SKIPS) + 1));
      sql.write("update runs set ended_at = :now, due_at = :due, report = :report where id = :id", update -> update
          .bind("now", now.toEpochMilli())
          .bind("due", wanted.dueAt().toEpochMilli())
          .bind("report", StoredJson.write(report))
          .bind("id", run.id()));
      return find(run.id()).orElse(run);
    }
    String id = UUID.randomUUID().toString();
    sql.write("""
        insert into runs (id, kind, name, state, run_trigger, due_at, owner, heartbeat_at, started_at, ended_at, report, reason, scope,
          basis)
        values (:id, :kind, :name, 'SKIPPED', :trigger, :due, :owner, :now, :now, :now, :report, :reason, :scope, :basis)""",
        update -> bound(update, id, wanted, owner, now, RunReport.of(Map.of(SKIPS, 1L))));
    return find(id).orElseThrow();
  }

  private static Update bound(Update update, String id, Run.Wanted wanted, String owner, Instant now, RunReport report) {
    return update.bind("id", id)
        .bind("kind", wanted.target().kind())
        .bind("name", wanted.target().name())
        .bind("trigger", wanted.trigger())
        .bind("due", wanted.dueAt().toEpochMilli())
        .bind("owner", owner)
        .bind("now", now.toEpochMilli())
        .bind("report", StoredJson.write(report))
        .bind("reason", wanted.reason())
        .bind("scope", StoredJson.write(wanted.scope()))
        .bind("basis", wanted.basis().map(StoredJson::write).orElse(null));
  }

  @Override
  public Pulse heartbeat(String run, String owner, RunReport report, Instant now) {
    int beats = sql.write("update runs set heartbeat_at = :now, report = :report where id = :id and owner = :owner and state = 'RUNNING'",
        update -> update.bind("now", now.toEpochMilli())
            .bind("report", StoredJson.write(report))
            .bind("id", run)
            .bind("owner", owner));
    if (beats == 0) {
      return Pulse.LOST;
    }
    int wanted = sql.read("select stop_wanted from runs where id = :id",
        query -> query.bind("id", run).mapTo(Integer.class).findOne().orElse(0));
    return wanted == 0 ? Pulse.BEATS : Pulse.STOP_WANTED;
  }

  @Override
  public boolean stop(String run) {
    return sql.write("update runs set stop_wanted = 1 where id = :id and state = 'RUNNING'", update -> update.bind("id", run)) == 1;
  }

  @Override
  public boolean end(String run, String owner, Activity.Outcome outcome, Instant now) {
    return sql.write("""
        update runs set state = :state, ended_at = :now, report = :report where id = :id and owner = :owner and state = 'RUNNING'""",
        update -> update.bind("state", outcome.state())
            .bind("now", now.toEpochMilli())
            .bind("report", StoredJson.write(outcome.report()))
            .bind("id", run)
            .bind("owner", owner))
        == 1;
  }

  @Override
  public List<Run> bury(Optional<Run.Target> target, Duration patience, Instant now) {
    List<Run> silent = sql.read("select * from runs where state = 'RUNNING'",
        query -> query.map((row, context) -> RunRows.Heard.read(row)).list())
        .stream()
        .filter(heard -> target.isEmpty() || target.get().equals(heard.run().target()))
        .filter(heard -> heard.at().isBefore(now.minus(patience)) || heard.run().owner().filter(Owner::isGone).isPresent())
        .map(RunRows.Heard::run)
        .toList();
    List<Run> buried = new ArrayList<>();
    for (Run run : silent) {
      int changed = sql.write("""
          update runs set state = 'DEAD', ended_at = :now where id = :id and state = 'RUNNING' and (heartbeat_at < :silent or :gone = 1)""",
          update -> update.bind("now", now.toEpochMilli())
              .bind("id", run.id())
              .bind("silent", now.minus(patience).toEpochMilli())
              .bind("gone", run.owner().filter(Owner::isGone).isPresent() ? 1 : 0));
      if (changed == 1) {
        find(run.id()).ifPresent(buried::add);
      }
    }
    return buried;
  }

  @Override
  public List<Run> orphans() {
    return sql.read("""
        select * from runs r where state = 'DEAD' and not exists (select 1 from runs later
          where later.kind = r.kind and later.name = r.name and later.state <> 'SKIPPED' and later.started_at > r.started_at)""",
        query -> query.map((row, context) -> RunRows.run(row)).list());
  }

  @Override
  public boolean knows(Run.Target target, Instant dueAt) {
    return sql.read("select count(*) from runs where kind = :kind and name = :name and due_at = :due",
        query -> query.bind("kind", target.kind())
            .bind("name", target.name())
            .bind("due", dueAt.toEpochMilli())
            .mapTo(Long.class)
            .one())
        > 0;
  }

  @Override
  public Optional<Instant> lastSuccess(String name) {
    return sql.read("select max(ended_at) from runs where name = :name and state in ('SUCCEEDED', 'SUCCEEDED_WITH_REJECTS')",
        query -> query.bind("name", name).mapTo(Long.class).findOne().map(Instant::ofEpochMilli));
  }

  @Override
  public void addRejects(String run, List<Reject> rows, Instant now) {
    if (rows.isEmpty()) {
      return;
    }
    int added = sql.together(handle -> {
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
    });
    assert added == rows.size();
  }

  @Override
  public List<Reject> rejects(String run, int limit) {
    return sql.read("select * from rejects where run = :run order by row_key limit :limit", query -> query.bind("run", run)
        .bind("limit", limit)
        .map((row, context) -> RunRows.reject(row))
        .list());
  }

  @Override
  public long eraseRejects(Run.Target target, Predicate<String> keys) {
    List<String> found = sql.read("""
        select distinct row_key from rejects where run in (select id from runs where kind = :kind and name = :name)""",
        query -> query.bind("kind", target.kind()).bind("name", target.name()).mapTo(String.class).list());
    return found.stream()
        .filter(keys)
        .mapToLong(key -> sql.write("""
            delete from rejects where row_key = :key and run in (select id from runs where kind = :kind and name = :name)""",
            update -> update.bind("key", key).bind("kind", target.kind()).bind("name", target.name())))
        .sum();
  }

  @Override
  public Optional<Run> find(String run) {
    return sql.read("select * from runs where id = :id", query -> query.bind("id", run).map((row, context) -> RunRows.run(row)).findOne());
  }

  @Override
  public List<Run> list(Optional<Run.Target> target, int limit) {
    String condition = target.isPresent() ? "where kind = :kind and name = :name" : "";
    return sql.read("select * from runs " + condition + " order by started_at desc, id limit :limit", query -> {
      target.ifPresent(wanted -> query.bind("kind", wanted.kind()).bind("name", wanted.name()));
      return query.bind("limit", limit).map((row, context) -> RunRows.run(row)).list();
    });
  }

  @Override
  public Optional<Run> latest(Run.Target target) {
    return sql.read("""
        select * from runs where kind = :kind and name = :name and state <> 'SKIPPED' order by started_at desc, id limit 1""",
        query -> query.bind("kind", target.kind()).bind("name", target.name()).map((row, context) -> RunRows.run(row)).findOne());
  }

  @Override
  public void forget(Instant before) {
    sql.write("delete from rejects where rejected_at < :before", update -> update.bind("before", before.toEpochMilli()));
    sql.write("delete from runs where state = 'SKIPPED' and ended_at < :before", update -> update.bind("before", before.toEpochMilli()));
  }

  @Override
  public void audit(String action, String subject, String detail, Instant now) {
    sql.write("insert into audit (at, action, subject, detail) values (:now, :action, :subject, :detail)",
        update -> update.bind("now", now.toEpochMilli()).bind("action", action).bind("subject", subject).bind("detail", detail));
  }

  @Override
  public void close() {
    // The source of connections is its owner's.
  }
}
