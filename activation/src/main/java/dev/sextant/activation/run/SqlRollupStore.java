// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.run;

import dev.sextant.activation.ActivationIssue;
import dev.sextant.activation.RollupStore;
import dev.sextant.query.BuiltRollup;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is built of rollups, in tables beside those of runs. What serves is kept in memory and read again every few seconds. */
public final class SqlRollupStore implements RollupStore {
  private static final Logger LOG = LoggerFactory.getLogger("dev.sextant.rollups");
  private static final Duration CHECK_EVERY = Duration.ofSeconds(2);
  private static final int PREFIX = 8;

  private final Jdbi jdbi;
  private final InstantSource clock;
  private volatile Snapshot latest = new Snapshot(new LinkedHashMap<>(), 0, Instant.MIN);

  private record Snapshot(Map<String, BuiltRollup> serving, long version, Instant at) {}

  /** The tables must exist; the source stays its owner's. */
  public SqlRollupStore(DataSource source, InstantSource clock) {
    this.jdbi = Jdbi.create(source);
    this.clock = clock;
  }

  @Override
  public Optional<BuiltRollup> find(String rollup) {
    return Optional.ofNullable(current().serving().get(rollup));
  }

  @Override
  public long version() {
    return current().version();
  }

  private Snapshot current() {
    Snapshot known = latest;
    Instant now = clock.instant();
    return now.isBefore(known.at()) || Duration.between(known.at(), now).compareTo(CHECK_EVERY) >= 0 ? refreshed(now) : known;
  }

  private synchronized Snapshot refreshed(Instant now) {
    Snapshot known = latest;
    try {
      Map<String, BuiltRollup> serving = new LinkedHashMap<>();
      jdbi.withHandle(handle -> handle.createQuery("select * from rollup_builds where retired_at is null order by rollup")
          .map((row, context) -> build(row))
          .list()).forEach(build -> serving.put(build.rollup(), build));
      latest = new Snapshot(serving, serving.equals(known.serving()) ? known.version() : known.version() + 1, now);
    } catch (JdbiException unreachable) {
      LOG.warn("What is built of rollups cannot be read; what was known still serves: {}", unreachable.getMessage());
      latest = new Snapshot(known.serving(), known.version(), now);
    }
    return latest;
  }

  private static BuiltRollup build(ResultSet row) throws SQLException {
    return new BuiltRollup(row.getString("id"), row.getString("rollup"), row.getString("definition"),
        BuildJson.read(row.getString("tables")),
        time(row.getString("built_from")), time(row.getString("built_before")), Instant.ofEpochMilli(row.getLong("as_of")));
  }

  private static Optional<LocalDateTime> time(@Nullable String text) {
    return Optional.ofNullable(text).map(LocalDateTime::parse);
  }

  @Override
  public String prefix() {
    return tried(() -> jdbi.inTransaction(handle -> {
      Optional<String> known = handle.createQuery("select id from rollup_store order by id").mapTo(String.class).findFirst();
      return known.orElseGet(() -> {
        String id = UUID.randomUUID().toString();
        handle.createUpdate("insert into rollup_store (id) values (:id)").bind("id", id).execute();
        return id;
      });
    })).substring(0, PREFIX);
  }

  @Override
  public void serve(BuiltRollup build, Instant now) {
    var unused = tried(() -> jdbi.inTransaction(handle -> {
      retire(handle, build.rollup(), now);
      return insert(handle, build, now);
    }));
    refreshed(clock.instant());
  }

  @Override
  public void retire(String rollup, Instant now) {
    var unused = tried(() -> jdbi.withHandle(handle -> retire(handle, rollup, now)));
    refreshed(clock.instant());
  }

  private static int retire(Handle handle, String rollup, Instant now) {
    return handle.createUpdate("update rollup_builds set retired_at = :now where rollup = :rollup and retired_at is null")
        .bind("now", now.toEpochMilli())
        .bind("rollup", rollup)
        .execute();
  }

  private static int insert(Handle handle, BuiltRollup build, Instant now) {
    return handle.createUpdate("""
        insert into rollup_builds (id, rollup, definition, built_from, built_before, as_of, served_at, tables)
        values (:id, :rollup, :definition, :from, :before, :asOf, :now, :tables)""")
        .bind("id", build.id())
        .bind("rollup", build.rollup())
        .bind("definition", build.definition())
        .bind("from", build.from().map(LocalDateTime::toString).orElse(null))
        .bind("before", build.before().map(LocalDateTime::toString).orElse(null))
        .bind("asOf", build.asOf().toEpochMilli())
        .bind("now", now.toEpochMilli())
        .bind("tables", BuildJson.write(build.tables()))
        .execute();
  }

  @Override
  public List<Retired> retired(String rollup) {
    return tried(() -> jdbi.withHandle(
        handle -> handle.createQuery("select * from rollup_builds where rollup = :rollup and retired_at is not null order by retired_at")
            .bind("rollup", rollup)
            .map((row, context) -> new Retired(build(row), Instant.ofEpochMilli(row.getLong("retired_at"))))
            .list()));
  }

  @Override
  public void forget(String build) {
    var unused = tried(() -> jdbi.withHandle(
        handle -> handle.createUpdate("delete from rollup_builds where id = :id and retired_at is not null").bind("id", build).execute()));
  }

  private interface Work<T> {
    T done();
  }

  private static <T> T tried(Work<T> work) {
    try {
      return work.done();
    } catch (JdbiException failure) {
      Throwable cause = failure.getCause() == null ? failure : failure.getCause();
      throw ActivationIssue.RUN_STORE.because("The store of runs failed: " + cause.getMessage(), failure);
    }
  }
}
