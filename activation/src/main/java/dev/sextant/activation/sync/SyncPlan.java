// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import dev.sextant.activation.ActivationIssue;
import dev.sextant.activation.Destination.Operation;
import dev.sextant.activation.Reject;
import dev.sextant.activation.RunContext;
import dev.sextant.activation.RunReport;
import dev.sextant.model.Sync;
import dev.sextant.query.ArrowBatches;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Finds what to send: the query's rows against what the destination acknowledged last, by key and by a hash of what is sent. The plan is kept
 * until it is delivered, so that a run that dies is finished with the same batches.
 */
final class SyncPlan {
  private static final int REJECTS_AT_ONCE = 10_000;

  private final StateFile state;
  private final Sync sync;
  private final SyncColumns columns;
  private final Operations operations;

  SyncPlan(StateFile state, Sync sync) {
    this.state = state;
    this.sync = sync;
    this.columns = new SyncColumns(sync);
    this.operations = Operations.of(sync);
    state.run("create table if not exists acknowledged (key_hash uhugeint, key varchar, payload_hash uhugeint, remote_id varchar)");
    state.run("create table if not exists acks (seq bigint, key_hash uhugeint, key varchar, payload_hash uhugeint, remote_id varchar,"
        + " removed boolean)");
    state.run("create table if not exists progress (definition varchar, next_seq bigint)");
  }

  /** A plan that an earlier run left half delivered, by the same definition. */
  boolean isUnfinished() {
    return state.has("plan") && state.text("select definition from progress").filter(definition()::equals).isPresent();
  }

  /** Plans anew; returns the counters {@code source_rows added changed removed unchanged rejected}. */
  Map<String, Long> make(Supplier<ArrowBatches> query, RunContext context) {
    forget();
    try (ArrowBatches rows = query.get()) {
      state.load("source", rows);
    }
    context.check();
    stage();
    Map<String, Long> counters = new LinkedHashMap<>();
    counters.put("source_rows", state.count("select count(*) from source"));
    long rejected = reject(context);
    compare();
    state.run("drop table source");
    counters.putAll(counts());
    counters.put("rejected", rejected);
    context.progress(RunReport.of(counters));
    guard(RunReport.of(counters));
    write();
    return counters;
  }

  private void stage() {
    String taken = columns.taken().stream().map(Sql::name).collect(Collectors.joining(", "));
    state.run("create or replace table staged as select case when " + columns.keyIsNull() + " then null else md5_number(" + columns.key()
        + ") end as key_hash, " + columns.payloadHash() + " as payload_hash, " + taken + " from source");
  }

  /** Rows that cannot be sent: without a key, with a key that others have, too, or without a required field. */
  private long reject(RunContext context) {
    state.run("create or replace table unsendable (key_hash uhugeint, key varchar, code varchar, message varchar)");
    state.run("insert into unsendable select null, '[null]', 'NULL_KEY', 'The key "
        + String.join(", ", sync.key()).replace("'", "''") + " is null.' from staged where key_hash is null");
    state.run("insert into unsendable select key_hash, " + columns.key() + ", 'DUPLICATE_KEY', 'Several rows have this key.' from staged"
        + " where key_hash in (select key_hash from staged where key_hash is not null group by key_hash having count(*) > 1)");
    columns.missing()
        .forEach((field, condition) -> state.run("insert into unsendable select key_hash, " + columns.key() + ", 'REQUIRED_FIELD', "
            + Sql.text("The required field " + field + " is empty.") + " from staged where key_hash is not null and (" + condition
            + ") and key_hash not in (select key_hash from unsendable where key_hash is not null)"));
    long all = state.count("select count(*) from unsendable");
    for (long from = 0; from < all; from += REJECTS_AT_ONCE) {
      context.reject(state.list("select key, code, message from unsendable order by key, code limit " + REJECTS_AT_ONCE + " offset " + from,
          row -> new Reject(row.getString(1), operations.changed().name().toLowerCase(Locale.ROOT), 0, row.getString(2), row.getString(3),
              0)));
    }
    return all;
  }

  /** What cannot be sent has not left the query, either. */
  private void compare() {
    mergeAcks();
    state.run("create or replace table changes as select case when a.key_hash is null then 'added' when s.key_hash is null then 'removed'"
        + " when a.payload_hash <> s.payload_hash then 'changed' else 'unchanged' end as change, coalesce(s.key_hash, a.key_hash) as key_hash,"
        + " s.payload_hash as payload_hash, a.remote_id as remote_id, a.key as old_key"
        + " from (select key_hash, payload_hash from staged where key_hash is not null"
        + " and key_hash not in (select key_hash from unsendable where key_hash is not null)) s"
        + " full outer join (select * from acknowledged"
        + " where key_hash not in (select key_hash from unsendable where key_hash is not null)) a on a.key_hash = s.key_hash");
  }

  private Map<String, Long> counts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    List.of("added", "changed", "removed", "unchanged").forEach(change -> counts.put(change, 0L));
    state.list("select change, count(*) from changes group by change", row -> Map.entry(row.getString(1), row.getLong(2)))
        .forEach(count -> counts.put(count.getKey(), count.getValue()));
    return counts;
  }

  private void guard(RunReport found) {
    long known = found.count("changed") + found.count("removed") + found.count("unchanged");
    if (found.count("source_rows") == 0 && known > 0) {
      throw ActivationIssue.GUARD.because("The query of sync '" + sync.name() + "' has no rows, but " + known
          + " were delivered before. Nothing was sent; look at the query and its sources.");
    }
    double most = sync.guard().maxRemoved().orElse(1.0);
    double share = known == 0 ? 0 : found.count("removed") / (double) known;
    if (share > most && operations.removed().isPresent()) {
      throw ActivationIssue.GUARD.because(String.format(Locale.ROOT,
          "%d of %d delivered rows (%.1f %%) would be removed, more than the %.1f %% that guard.max_removed of sync '%s' allows."
              + " Nothing was sent.",
          found.count("removed"), known, share * 100, most * 100, sync.name()));
    }
  }

  /** Removals come first, so that a key may be used again. */
  private void write() {
    String fields = columns.taken().stream().map(column -> "s." + Sql.name(column)).collect(Collectors.joining(", "));
    String staged = columns.key().replaceAll("\"((?:[^\"]|\"\")+)\"", "s.\"$1\"");
    String operation = "case change" + operations.added().map(added -> " when 'added' then '" + added + "'").orElse("")
        + operations.changedIfSent().map(changed -> " when 'changed' then '" + changed + "'").orElse("")
        + operations.removed().map(removed -> " when 'removed' then '" + removed + "'").orElse("") + " end";
    state.together(() -> {
      state.run("create or replace table plan as select row_number() over (order by operation desc, key_hash) as seq, * from (select "
          + operation + " as operation, c.key_hash as key_hash, case when s.key_hash is null then c.old_key else " + staged
          + " end as key, c.payload_hash as payload_hash,"
          + " c.remote_id as remote_id, " + fields + " from changes c left join staged s on s.key_hash = c.key_hash"
          + " where change <> 'unchanged') where operation is not null order by 1");
      state.run("delete from progress");
      state.insert("insert into progress values (?, 1)", List.of(List.of(definition())));
    });
    List.of("staged", "unsendable", "changes").forEach(table -> state.run("drop table if exists " + table));
  }

  /** What has been acknowledged since the last plan becomes part of what is known. */
  private void mergeAcks() {
    if (state.count("select count(*) from acks") == 0) {
      return;
    }
    state.together(() -> {
      state.run("create or replace table merged as select * from acknowledged where key_hash not in (select key_hash from acks)"
          + " union all select key_hash, key, payload_hash, remote_id from (select *, row_number() over (partition by key_hash order by seq"
          + " desc) as newest from acks) where newest = 1 and not removed");
      state.run("drop table acknowledged");
      state.run("alter table merged rename to acknowledged");
      state.run("delete from acks");
    });
  }

  /** The next rows to deliver; all of one operation. */
  List<PlannedRow> next(int most) {
    long from = Long.parseLong(state.text("select next_seq from progress").orElse("1"));
    List<PlannedRow> rows = state.list("select * from plan where seq >= " + from + " and seq < " + (from + most) + " order by seq",
        row -> PlannedRow.read(row, sync, columns));
    Optional<Operation> first = rows.stream().findFirst().map(row -> row.row().operation());
    return rows.stream().takeWhile(row -> first.filter(row.row().operation()::equals).isPresent()).toList();
  }

  /** Remembers rows as acknowledged, and that all up to the last of {@code sent} have been dealt with: one step, whatever happens. */
  void acknowledge(List<PlannedRow> sent, List<Acknowledged> accepted) {
    if (sent.isEmpty()) {
      return;
    }
    long first = sent.getFirst().seq();
    long last = sent.getLast().seq();
    state.together(() -> {
      if (!accepted.isEmpty()) {
        state.run("create or replace temp table accepted (seq bigint, remote_id varchar)");
        state.insert("insert into accepted values (?, ?)", accepted.stream().map(Acknowledged::values).toList());
        long base = state.count("select coalesce(max(seq), 0) from acks");
        state.run("insert into acks select " + base + " + p.seq, p.key_hash, p.key, p.payload_hash, coalesce(a.remote_id, p.remote_id),"
            + " p.operation in ('DELETE', 'ARCHIVE', 'CLEAR') from accepted a join plan p on p.seq = a.seq"
            + " where p.seq between " + first + " and " + last);
      }
      state.run("update progress set next_seq = " + (last + 1));
    });
  }

  /** A row that arrived. */
  record Acknowledged(long seq, Optional<String> remoteId) {
    private List<Object> values() {
      List<Object> values = new ArrayList<>();
      values.add(seq);
      values.add(remoteId.orElse(null));
      return values;
    }
  }

  /** Drops the plan; what was acknowledged stays. */
  void forget() {
    state.together(() -> {
      state.run("drop table if exists plan");
      state.run("delete from progress");
    });
  }

  long size() {
    return state.count("select count(*) from plan");
  }

  private String definition() {
    return sync.key() + " " + sync.map() + " " + sync.mode() + " " + sync.onLeave() + " " + sync.object() + " " + sync.match() + " "
        + sync.destination();
  }
}
