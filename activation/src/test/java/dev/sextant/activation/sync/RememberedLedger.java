// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import dev.sextant.activation.SyncLedger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A ledger in memory, for tests of what goes in and out of it. */
public final class RememberedLedger implements SyncLedger {
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Map<String, Instant> waits = new HashMap<>();
  private Optional<Packet> inFlight = Optional.empty();
  private long version;
  private int erasures;

  @Override
  public synchronized String identity(String sync) {
    return "here " + erasures;
  }

  @Override
  public synchronized long version(String sync) {
    return version;
  }

  @Override
  public synchronized List<Entry> after(String sync, long from, int most) {
    return entries.values()
        .stream()
        .filter(entry -> entry.version() > from)
        .sorted(Comparator.comparing(Entry::version))
        .limit(most)
        .toList();
  }

  @Override
  public synchronized Optional<Packet> inFlight(String sync) {
    return inFlight;
  }

  @Override
  public synchronized void announce(String run, String sync, Packet packet) {
    inFlight = Optional.of(packet);
  }

  @Override
  public synchronized void settle(String run, String sync, List<Entry> known) {
    inFlight = Optional.empty();
    for (Entry entry : known) {
      entries.put(entry.keyHash().toString(), new Entry(++version, entry.keyHash(), entry.key(), entry.payloadHash(), entry.remoteId(),
          entry.removed()));
    }
  }

  @Override
  public synchronized long erase(String sync, Predicate<String> keys) {
    List<Entry> gone = new ArrayList<>(entries.values().stream().filter(entry -> keys.test(entry.key())).toList());
    gone.forEach(entry -> entries.remove(entry.keyHash().toString()));
    inFlight = Optional.empty();
    erasures++;
    return gone.size();
  }

  @Override
  public synchronized Instant waitsUntil(String credential) {
    return waits.getOrDefault(credential, Instant.EPOCH);
  }

  @Override
  public synchronized void makeWait(String credential, Instant until) {
    waits.merge(credential, until, (one, other) -> one.isAfter(other) ? one : other);
  }
}
