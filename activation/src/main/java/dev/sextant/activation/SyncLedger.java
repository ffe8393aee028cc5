// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the destinations of syncs have acknowledged, where every server that shares the store finds it. Writing is a run's right as long as the
 * run is running: whoever was silent for too long cannot write any more, and gets {@code RUN_LOST}.
 */
public interface SyncLedger {

  /** Changes when what was known is no longer to be relied on, such as after an erasure; copies of an older one are worthless. */
  String identity(String sync);

  /** How many entries were ever written. */
  long version(String sync);

  /** Entries above a version, in the order of versions. */
  List<Entry> after(String sync, long version, int most);

  /** The batch that was last announced and is not settled: it may have arrived or not. */
  Optional<Packet> inFlight(String sync);

  /** Announces a batch before it leaves. */
  void announce(String run, String sync, Packet packet);

  /** Writes what became known, and whatever was in flight no longer is. */
  void settle(String run, String sync, List<Entry> entries);

  /** Removes the entries whose keys are told, and what is in flight; returns how many. */
  long erase(String sync, Predicate<String> keys);

  /** Until when a provider asked whoever uses a credential to wait; long ago where it did not. */
  Instant waitsUntil(String credential);

  /** Makes whoever uses a credential wait, not less than before. */
  void makeWait(String credential, Instant until);

  /** One row as the destination has it; {@code version} is given when it is written. */
  record Entry(long version, BigInteger keyHash, String key, BigInteger payloadHash, Optional<String> remoteId, boolean removed) {}

  /** A batch as it leaves: of which definition, the salt of its id, and its rows. */
  record Packet(String definition, long salt, byte[] content) {}
}
