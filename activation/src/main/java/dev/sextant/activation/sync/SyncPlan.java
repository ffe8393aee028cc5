// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import dev.sextant.activation.ActivationIssue;
import dev.sextant.activation.Reject;
import dev.sextant.activation.RunContext;
import dev.sextant.activation.RunReport;
import dev.sextant.activation.Scope;
import dev.sextant.activation.SyncLedger.Entry;
import dev.sextant.activation.scratch.ScratchFile;
import dev.sextant.activation.scratch.Sql;
import dev.sextant.model.Sync;
import dev.sextant.query.ArrowBatches;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Finds what to send: the query's rows against what the destination acknowledged last, by key and by a hash of what is sent. */
final class SyncPlan {
  private static final int REJECTS_AT_ONCE = 10_000;

  private final ScratchFile state;
  private final Sync sync;
  private final SyncColumns columns;
  private final Operations operations;
  private final Edges edges;
  private long next = 1;

  /** The state's table {@code acknowledged} must say what the ledger says. */
  SyncPlan(ScratchFile state, Sync sync) {
    this.state = state;
    this.sync = sync;
    this.columns = new SyncColumns(sync);
    this.operations = Operations.of(sync);
    this.edges = new Edges(sync);
  }

  /** Plans anew; returns the counters {@code source_rows added changed removed unchanged rejected}. */
  Map<String, Long> make(Supplier<ArrowBatches> query, RunContext context) {
    try (ArrowBatches rows = query.get()) {
      state.load("staged", columns.staging(edges), rows);
    }
    context.check();
    Map<String, Long> counters = new LinkedHashMap<>();
    counters.put("source_rows", state.count("select count(*) from staged"));
    findUnsendable();
    compare(context.scope());
    if (hasDoubles()) {
      findDoubles();
      compare(context.scope());
    }
    context.check();
    long rejected = reject(context);
    counters.putAll(counts());
    counters.put("rejected", rejected);
    context.progress(RunReport.of(counters));
    boolean baseline = edges.isTrigger() && !baselined() && context.scope().equals(Scope.CHANGES);
    if (!baseline) {
      guard(RunReport.of(counters), context.scope());
    }
    write(context.scope(), baseline);
    if (context.scope() instanceof Scope.Rows rows && rejected == 0 && state.count("select count(*) from planned") == 0) {
      throw ActivationIssue.UNKNOWN_KEY.because("No row of sync '" + sync.name() + "' has the key " + String.join(", ", rows.keys())
          + ". Keys are written as 42, or as a JSON array such as [\"DE\", 42] where they have several parts.");
    }
    List.of("staged", "unsendable", "changes", "planned").forEach(table -> state.run("drop table if exists " + table));
    return counters;
  }

  /** Rows that cannot be sent: without a key, or without a required field. */
  private void findUnsendable() {
    state.run("create or replace temp table unsendable (key_hash uhugeint, key varchar, code varchar, message varchar)");
    state.run("insert into unsendable select null, '[null]', 'NULL_KEY', 'The key "
        + String.join(", ", sync.key()).replace("'", "''") + " is null.' from staged where key_hash is null");
    columns.missing()
        .forEach((field, condition) -> state.run("insert into unsendable select key_hash, " + columns.key() + ", 'REQUIRED_FIELD', "
            + Sql.text("The required field " + field + " is empty.") + " from staged where key_hash is not null and (" + condition
            + ") and key_hash not in (select key_hash from unsendable where key_hash is not null)"));
  }

  /**
   * Whether several rows have one key. Known keys are unique, so as many known keys must have met a row as rows have met a known key; only the
   * keys that nobody knew have to be counted.
   */
  private boolean hasDoubles() {
    long added = state.count("select count(*) from changes where change = 'added'");
    long removed = state.count("select count(*) from changes where change = 'removed'");
    boolean met = state.count("select present from totals") - added == state.count("select known from totals") - removed;
    return !met || state.count("select count(*) - count(distinct key_hash) from changes where change = 'added'") > 0;
  }

  /** Of rows with one key, none can be sent. */
  private void findDoubles() {
    state.run("create or replace temp table doubles as select key_hash from staged where key_hash is not null group by key_hash"
        + " having count(*) > 1");
    state.run("delete from unsendable where key_hash in (select key_hash from doubles)");
    state.run("insert into unsendable select key_hash, " + columns.key() + ", 'DUPLICATE_KEY', 'Several rows have this key.' from staged"
        + " where key_hash in (select key_hash from doubles)");
    state.run("drop table doubles");
  }

  private long reject(RunContext context) {
    if (context.scope() instanceof Scope.Rows rows) {
      state.run("delete from unsendable where key not in (" + wanted(rows) + ")");
    }
    long all = state.count("select count(*) from unsendable");
    for (long from = 0; from < all; from += REJECTS_AT_ONCE) {
      context.reject(state.list("select key, code, message from unsendable order by key, code limit " + REJECTS_AT_ONCE + " offset " + from,
          row -> new Reject(row.getString(1), operations.changed().name().toLowerCase(Locale.ROOT), 0, row.getString(2), row.getString(3),
              0)));
    }
    return all;
  }

  /** What cannot be sent has not left the query, either. Rows that are unchanged are kept only where they are wanted all the same. */
  private void compare(Scope scope) {
    String sendable = state.count("select count(*) from unsendable where key_hash is not null") == 0 ? ""
        : " and key_hash not in (select key_hash from unsendable where key_hash is not null)";
    String change = "case when a.key_hash is null then 'added' when s.key_hash is null then 'removed'"
        + " when a.payload_hash <> s.payload_hash then 'changed' else 'unchanged' end";
    state.run("create or replace temp table changes as select " + change + " as change, coalesce(s.key_hash, a.key_hash) as key_hash,"
        + " coalesce(s.payload_hash, a.payload_hash) as payload_hash, a.remote_id as remote_id, a.key as old_key"
        + " from (select key_hash, payload_hash from staged where key_hash is not null and inside" + sendable + ") s"
        + " full outer join (select * from acknowledged where key_hash <> 0" + sendable + ") a on a.key_hash = s.key_hash"
        + (scope.equals(Scope.CHANGES) ? " where a.payload_hash is distinct from s.payload_hash" : ""));
    state.run("create or replace temp table totals as select (select count(*) from staged where key_hash is not null and inside" + sendable
        + ") as present, (select count(*) from acknowledged where key_hash <> 0" + sendable + ") as known");
  }

  private Map<String, Long> counts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    List.of("added", "changed", "removed").forEach(change -> counts.put(change, 0L));
    state.list("select change, count(*) from changes where change <> 'unchanged' group by change",
        row -> Map.entry(row.getString(1), row.getLong(2))).forEach(count -> counts.put(count.getKey(), count.getValue()));
    counts.put("unchanged",
        state.count("select present from totals") - counts.getOrDefault("added", 0L) - counts.getOrDefault("changed", 0L));
    return counts;
  }

  private void guard(RunReport found, Scope scope) {
    long known = state.count("select known from totals");
    if (found.count("source_rows") == 0 && known > 0) {
      throw ActivationIssue.GUARD.because("The query of sync '" + sync.name() + "' has no rows, but " + known
          + " were delivered before. Nothing was sent; look at the query and its sources.");
    }
    double most = sync.guard().maxRemoved().orElse(1.0);
    double share = known == 0 ? 0 : found.count("removed") / (double) known;
    if (share > most && operations.removed().isPresent() && !(scope instanceof Scope.Rows)) {
      throw ActivationIssue.GUARD.because(String.format(Locale.ROOT,
          "%d of %d delivered rows (%.1f %%) would be removed, more than the %.1f %% that guard.max_removed of sync '%s' allows."
              + " Nothing was sent.",
          found.count("removed"), known, share * 100, most * 100, sync.name()));
    }
  }

  /** Removals come first, so that a key may be used again. What is sent for a change that nobody wants is nothing: it is only noted. */
  private void write(Scope scope, boolean baseline) {
    String fields = columns.taken().stream().map(column -> "s." + Sql.name(column)).collect(Collectors.joining(", "));
    Map<String, String> sent = baseline ? Map.of() : edges.operations(operations, scope);
    String operation = "case change when '' then 'NOTED'" + sent.entrySet()
        .stream()
        .map(change -> " when '" + change.getKey() + "' then '" + change.getValue() + "'")
        .sorted()
        .collect(Collectors.joining()) + " else 'NOTED' end";
    state.run("create or replace temp table planned as select " + operation
        + " as operation, c.change, c.change = 'removed' as leaves, c.key_hash as"
        + " key_hash, case when s.key_hash is null then c.old_key else " + columns.key("s") + " end as key, c.payload_hash as payload_hash,"
        + " c.remote_id as remote_id, " + fields + " from changes c left join staged s on s.key_hash = c.key_hash"
        + " where " + keys(scope, columns));
    state.run("create or replace temp table plan as select row_number() over (order by operation desc, key_hash) as seq, * from planned"
        + " where operation <> 'NOTED' order by 1");
    state.run("create or replace temp table noted as select row_number() over (order by key_hash) as seq, key_hash, payload_hash, key,"
        + " leaves, remote_id from planned where operation = 'NOTED' and " + (edges.isTrigger() ? "change <> 'unchanged'" : "false")
        + " order by 1");
  }

  private static String keys(Scope scope, SyncColumns columns) {
    if (!(scope instanceof Scope.Rows rows)) {
      return "true";
    }
    return "case when s.key_hash is null then c.old_key else " + columns.key("s") + " end in (" + wanted(rows) + ")";
  }

  private static String wanted(Scope.Rows rows) {
    return rows.keys().stream().flatMap(key -> KeyText.forms(key).stream()).map(Sql::text).collect(Collectors.joining(", "));
  }

  private boolean baselined() {
    return state.count("select count(*) from acknowledged where key_hash = 0 and payload_hash = " + edges.mark() + "::uhugeint") > 0;
  }

  /** What became known without anything being sent, a page at a time; for a trigger that had no baseline, that it has one now comes last. */
  List<Entry> noted(int from, int most) {
    return state.list("select * from noted where seq > " + from + " and seq <= " + (from + most) + " order by seq",
        row -> new Entry(0, new BigInteger(row.getString("key_hash")), row.getBoolean("leaves") ? "" : row.getString("key"),
            new BigInteger(row.getString("payload_hash")), Optional.ofNullable(row.getString("remote_id")), row.getBoolean("leaves")));
  }

  /** Says that what is inside was noted, for a trigger that begins or was changed. */
  Optional<Entry> mark() {
    return edges.isTrigger() && !baselined()
        ? Optional.of(new Entry(0, BigInteger.ZERO, "", edges.mark(), Optional.empty(), false))
        : Optional.empty();
  }

  /** The next rows to deliver; all of one operation. */
  List<PlannedRow> next(int most) {
    List<PlannedRow> rows = state.list("select * from plan where seq >= " + next + " and seq < " + (next + most) + " order by seq",
        row -> PlannedRow.read(row, sync, columns));
    List<PlannedRow> alike = rows.stream().takeWhile(row -> row.row().operation() == rows.getFirst().row().operation()).toList();
    next += alike.size();
    return alike;
  }

  long size() {
    return state.count("select count(*) from plan");
  }
}
