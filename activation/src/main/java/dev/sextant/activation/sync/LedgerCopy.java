// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import dev.sextant.activation.SyncLedger;
import dev.sextant.activation.SyncLedger.Entry;
import dev.sextant.activation.scratch.ScratchFile;
import dev.sextant.activation.scratch.Sql;
import java.util.List;
import java.util.Optional;

/**
 * A sync's part of the ledger, copied to where it can be joined with the query's rows. A copy that is behind catches up; one of another ledger,
 * or from before an erasure, is thrown away and made anew.
 */
final class LedgerCopy {
  private static final int PAGE = 50_000;

  private final ScratchFile state;
  private final SyncLedger ledger;
  private final String sync;

  LedgerCopy(ScratchFile state, SyncLedger ledger, String sync) {
    this.state = state;
    this.ledger = ledger;
    this.sync = sync;
  }

  /** Makes the table {@code acknowledged} say what the ledger says. */
  void catchUp() {
    String identity = ledger.identity(sync);
    long known = known(identity);
    if (known > ledger.version(sync)) {
      known = renew(identity);
    }
    state.run(
        "create or replace temp table incoming (key_hash varchar, key varchar, payload_hash varchar, remote_id varchar, removed boolean)");
    long reached = known;
    for (List<Entry> page = ledger.after(sync, reached, PAGE); !page.isEmpty(); page = ledger.after(sync, reached, PAGE)) {
      state.append("incoming", page, LedgerCopy::values);
      reached = page.getLast().version();
    }
    if (reached > known) {
      merge(known == 0, reached);
    }
    state.run("drop table incoming");
  }

  private static List<Optional<Object>> values(Entry entry) {
    return List.of(Optional.of(entry.keyHash().toString()), Optional.of(entry.key()), Optional.of(entry.payloadHash().toString()),
        entry.remoteId().map(id -> id), Optional.of(entry.removed()));
  }

  private long known(String identity) {
    Optional<String> copied = state.has("copied") ? state.text("select identity from copied") : Optional.empty();
    return copied.filter(identity::equals).isPresent() ? state.count("select version from copied") : renew(identity);
  }

  private long renew(String identity) {
    state.together(() -> {
      state.run("create or replace table acknowledged (key_hash uhugeint, key varchar, payload_hash uhugeint, remote_id varchar)");
      state.run("create or replace table copied as select " + Sql.text(identity) + " as identity, 0::bigint as version");
    });
    return 0;
  }

  private void merge(boolean first, long reached) {
    state.together(() -> {
      if (!first) {
        state.run("delete from acknowledged where key_hash in (select key_hash::uhugeint from incoming)");
      }
      state.run(
          "insert into acknowledged select key_hash::uhugeint, key, payload_hash::uhugeint, remote_id from incoming where not removed");
      state.run("update copied set version = " + reached);
    });
  }
}
