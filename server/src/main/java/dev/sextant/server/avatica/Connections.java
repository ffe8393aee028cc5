// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.avatica;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.avatica.NoSuchConnectionException;

/** The connections of all clients, each known to its caller only; those that were not used for the longest time go when there are too many. */
final class Connections {
  private static final int MOST = 1_000;

  private final Map<Owned, OpenConnection> open = new LinkedHashMap<>(64, 0.75f, true);

  /** Clients choose the ids of connections: two callers may choose the same, and nobody reads on in what another has opened. */
  record Owned(String caller, String id) {}

  void open(Owned id) {
    Optional<OpenConnection> gone;
    synchronized (open) {
      gone = open.size() < MOST ? Optional.empty() : Optional.ofNullable(open.remove(open.keySet().iterator().next()));
      open.putIfAbsent(id, new OpenConnection(id.id()));
    }
    gone.ifPresent(OpenConnection::close);
  }

  /** Finds a connection; clients open a missing one again by themselves. */
  OpenConnection find(Owned id) {
    synchronized (open) {
      OpenConnection found = open.get(id);
      if (found == null) {
        throw new NoSuchConnectionException(id.id());
      }
      return found;
    }
  }

  void close(Owned id) {
    Optional<OpenConnection> closed;
    synchronized (open) {
      closed = Optional.ofNullable(open.remove(id));
    }
    closed.ifPresent(OpenConnection::close);
  }
}
