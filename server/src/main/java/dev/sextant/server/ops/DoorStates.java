// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.ops;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Which doors are open, and why one is not. */
public final class DoorStates {
  private final Map<String, DoorState> states = new ConcurrentSkipListMap<>();

  /** A door by its name and port; the port is 0 until it is open. */
  public record DoorState(String name, int port, Optional<String> problem) {

    /** {@code open}, {@code opening} or {@code failing}. */
    public String status() {
      return problem.isPresent() ? "failing" : port == 0 ? "opening" : "open";
    }
  }

  /** Notes that a door will open. */
  public void opening(String name) {
    states.put(name, new DoorState(name, 0, Optional.empty()));
  }

  /** Notes that a door listens. */
  public void open(String name, int port) {
    states.put(name, new DoorState(name, port, Optional.empty()));
  }

  /** Notes that a door cannot open. */
  public void failed(String name, String problem) {
    states.put(name, new DoorState(name, 0, Optional.of(problem)));
  }

  /** Returns the doors by name. */
  public List<DoorState> list() {
    return List.copyOf(states.values());
  }
}
