// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.feature;

import dev.sextant.activation.Scope;
import java.io.IOException;
import java.nio.file.Path;

/** A process that materialises features as of an instant, and may be killed. */
final class BuildOnce {
  static final int DRIVERS = 4_000;
  static final int DAYS = 20;

  private BuildOnce() {}

  /** Each driver has one trip, on one of twenty days. */
  static void data(Trips trips) {
    trips.sql("delete from trips");
    trips.sql("insert into trips select i, i, timestamp '2026-03-01 00:00:00' + to_days(cast(i % " + DAYS + " as integer)), "
        + "timestamp '2026-03-01 00:00:00', 'day', i + 0.25 from range(" + DRIVERS + ") t(i)");
  }

  public static void main(String[] arguments) throws IOException {
    try (Trips trips = Trips.open(Path.of(arguments[0]), arguments[1])) {
      var unused = trips.build("events", Scope.ALL);
    }
  }
}
