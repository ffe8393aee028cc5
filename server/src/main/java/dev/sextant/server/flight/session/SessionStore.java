// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.flight.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.arrow.flight.SessionOptionValue;

/** The sessions of all clients. Many never end theirs: what was not used for an hour goes, and so does the longest unused of too many. */
public final class SessionStore {
  static final Duration LONGEST_IDLE = Duration.ofHours(1);
  private static final int MOST = 10_000;

  private final InstantSource clock;
  private final Map<String, Session> sessions = new LinkedHashMap<>(64, 0.75f, true);

  private record Session(Map<String, SessionOptionValue> options, Instant idleUntil) {
    Session {
      options = Map.copyOf(options);
    }
  }

  public SessionStore(InstantSource clock) {
    this.clock = clock;
  }

  /** Begins a session without options and returns its id. */
  synchronized String begin() {
    dropIdle();
    if (sessions.size() >= MOST) {
      sessions.remove(sessions.keySet().iterator().next());
    }
    String id = UUID.randomUUID().toString();
    put(id, Map.of());
    return id;
  }

  /** The options of a session, nothing when there is no such session (any more). */
  synchronized Optional<Map<String, SessionOptionValue>> options(String id) {
    dropIdle();
    Optional<Session> session = Optional.ofNullable(sessions.get(id));
    session.ifPresent(used -> put(id, used.options()));
    return session.map(Session::options);
  }

  synchronized void put(String id, Map<String, SessionOptionValue> options) {
    sessions.put(id, new Session(options, clock.instant().plus(LONGEST_IDLE)));
  }

  synchronized void end(String id) {
    sessions.remove(id);
  }

  /** The least used come first, and each use moves the hour on. */
  private void dropIdle() {
    var oldest = sessions.values().iterator();
    while (oldest.hasNext() && oldest.next().idleUntil().isBefore(clock.instant())) {
      oldest.remove();
    }
  }
}
