// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.run;

import dev.sextant.activation.ActivationIssue;
import dev.sextant.activation.SyncLedger;
import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The ledger of syncs in tables of SQLite or PostgreSQL. */
public final class SqlSyncLedger implements SyncLedger {
  private final StoreSql sql;
  private final InstantSource clock;

  /** The tables must exist; the source stays its owner's. */
  public SqlSyncLedger(DataSource source, InstantSource clock) {
    this.sql = new StoreSql(source);
    this.clock = clock;
  }

  @Override
  public String identity(String sync) {
    return sql.together(handle -> {
      cursor(handle, sync);
      return handle.createQuery("select identity from sync_cursors where sync = :sync").bind("sync", sync).mapTo(String.class).one();
    });
  }

  private static void cursor(Handle handle, String sync) {
    handle.createUpdate("insert into sync_cursors (sync, identity, version) values (:sync, :identity, 0) on conflict (sync) do nothing")
        .bind("sync", sync)
        .bind("identity", UUID.randomUUID().toString())
        .execute();
  }

  @Override
  public long version(String sync) {
    return sql.read("select version from sync_cursors where sync = :sync",
        query -> query.bind("sync", sync).mapTo(Long.class).findOne().orElse(0L));
  }

  @Override
  public List<Entry> after(String sync, long version, int most) {
    return sql.read("select * from sync_rows where sync = :sync and version > :version order by version limit :most",
        query -> query.bind("sync", sync)
            .bind("version", version)
            .bind("most", most)
            .map((row, context) -> new Entry(row.getLong("version"), new BigInteger(row.getString("key_hash")), row.getString("row_key"),
                new BigInteger(row.getString("payload_hash")), Optional.ofNullable(row.getString("remote_id")),
                row.getInt("removed") == 1))
            .list());
  }

  @Override
  public Optional<Packet> inFlight(String sync) {
    return sql.read("select * from sync_packets where sync = :sync", query -> query.bind("sync", sync)
        .map((row, context) -> new Packet(row.getString("definition"), row.getLong("salt"), row.getBytes("content")))
        .findOne());
  }

  @Override
  public void announce(String run, String sync, Packet packet) {
    int one = sql.together(handle -> {
      claim(handle, run);
      return handle.createUpdate("""
          insert into sync_packets (sync, definition, salt, content) values (:sync, :definition, :salt, :content)
          on conflict (sync) do update set definition = excluded.definition, salt = excluded.salt, content = excluded.content""")
          .bind("sync", sync)
          .bind("definition", packet.definition())
          .bind("salt", packet.salt())
          .bind("content", packet.content())
          .execute();
    });
    assert one == 1;
  }

  /** Only a running run writes; saying so is a heartbeat, too, and locks the run's row until the end of the transaction. */
  private void claim(Handle handle, String run) {
    int alive = handle.createUpdate("update runs set heartbeat_at = :now where id = :run and state = 'RUNNING'")
        .bind("now", clock.instant().toEpochMilli())
        .bind("run", run)
        .execute();
    if (alive == 0) {
      throw ActivationIssue.RUN_LOST.because("Another server took the run over because this one was silent for too long.");
    }
  }

  @Override
  public void settle(String run, String sync, List<Entry> entries) {
    int settled = sql.together(handle -> {
      claim(handle, run);
      handle.createUpdate("delete from sync_packets where sync = :sync").bind("sync", sync).execute();
      if (!entries.isEmpty()) {
        write(handle, sync, entries);
      }
      return entries.size();
    });
    assert settled == entries.size();
  }

  private static void write(Handle handle, String sync, List<Entry> entries) {
    cursor(handle, sync);
    handle.createUpdate("update sync_cursors set version = version + :more where sync = :sync")
        .bind("more", entries.size())
        .bind("sync", sync)
        .execute();
    long version = handle.createQuery("select version from sync_cursors where sync = :sync").bind("sync", sync).mapTo(Long.class).one()
        - entries.size();
    PreparedBatch batch = handle.prepareBatch("""
        insert into sync_rows (sync, key_hash, row_key, payload_hash, remote_id, removed, version)
        values (:sync, :keyHash, :key, :payloadHash, :remoteId, :removed, :version)
        on conflict (sync, key_hash) do update set row_key = excluded.row_key, payload_hash = excluded.payload_hash,
          remote_id = excluded.remote_id, removed = excluded.removed, version = excluded.version""");
    for (Entry entry : entries) {
      batch.bind("sync", sync)
          .bind("keyHash", entry.keyHash().toString())
          .bind("key", entry.key())
          .bind("payloadHash", entry.payloadHash().toString())
          .bind("remoteId", entry.remoteId().orElse(null))
          .bind("removed", entry.removed() ? 1 : 0)
          .bind("version", ++version)
          .add();
    }
    batch.execute();
  }

  /** Copies elsewhere hold what is erased, so the identity changes and they are thrown away. */
  @Override
  public long erase(String sync, Predicate<String> keys) {
    return sql.together(handle -> {
      List<String> erased = handle.createQuery("select row_key from sync_rows where sync = :sync")
          .bind("sync", sync)
          .mapTo(String.class)
          .stream()
          .filter(keys)
          .toList();
      erased.forEach(key -> handle.createUpdate("delete from sync_rows where sync = :sync and row_key = :key")
          .bind("sync", sync)
          .bind("key", key)
          .execute());
      handle.createUpdate("delete from sync_packets where sync = :sync").bind("sync", sync).execute();
      handle.createUpdate("update sync_cursors set identity = :identity where sync = :sync")
          .bind("identity", UUID.randomUUID().toString())
          .bind("sync", sync)
          .execute();
      return (long) erased.size();
    });
  }

  @Override
  public Instant waitsUntil(String credential) {
    return Instant.ofEpochMilli(sql.read("select until_at from provider_waits where credential = :credential",
        query -> query.bind("credential", credential).mapTo(Long.class).findOne().orElse(0L)));
  }

  @Override
  public void makeWait(String credential, Instant until) {
    int written = sql.together(handle -> {
      handle.createUpdate("delete from provider_waits where until_at < :now").bind("now", clock.instant().toEpochMilli()).execute();
      return handle.createUpdate("""
          insert into provider_waits (credential, until_at) values (:credential, :until)
          on conflict (credential) do update set until_at = excluded.until_at where excluded.until_at > provider_waits.until_at""")
          .bind("credential", credential)
          .bind("until", until.toEpochMilli())
          .execute();
    });
    assert written <= 1;
  }
}
