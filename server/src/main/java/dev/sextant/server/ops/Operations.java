// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.ops;

import java.time.InstantSource;

/** What all doors of a server share: the running queries, the meters, and which doors there are. */
public record Operations(RunningQueries queries, ServerMeters meters, DoorStates doors) implements AutoCloseable {

  /** Operations of a server that starts now. */
  public static Operations start(InstantSource clock) {
    RunningQueries queries = new RunningQueries(clock);
    return new Operations(queries, new ServerMeters(queries), new DoorStates());
  }

  @Override
  public void close() {
    queries.close();
    meters.close();
  }
}
