// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A query whose rows are kept in step with an object of a SaaS tool or a table. */
public record Sync(
    String name,
    SavedQuery query,
    List<String> key,
    String destination,
    Optional<String> object,
    Optional<String> match,
    Map<String, Field> map,
    Mode mode,
    OnLeave onLeave,
    Schedule schedule,
    Guard guard,
    Optional<Trigger> trigger,
    Documentation documentation,
    Position position) {

  /** What a destination's field is filled with: a column of the query or a constant. */
  public sealed interface Field {
    record FromColumn(String column) implements Field {}

    record Constant(String value) implements Field {}
  }

  /** Which operations are sent. */
  public enum Mode {
    INSERT, UPDATE, UPSERT, MIRROR, APPEND
  }

  /** What happens to a row that leaves the query. */
  public enum OnLeave {
    NOTHING, DELETE, ARCHIVE, CLEAR
  }

  /** When a sync runs: after another definition's run, by cron, or at an interval. */
  public record Schedule(Optional<String> after, Optional<String> cron, Optional<String> every) {}

  /** What stops a run before anything is sent: a share of removals in (0, 1], missing required fields. */
  public record Guard(Optional<Double> maxRemoved, List<String> required) {}

  /** Which edge of a row sends it, once; without one, a sync sends what is new and what changed. */
  public sealed interface Trigger {
    /** The row comes into the query. */
    record Enter() implements Trigger {}

    /** The row leaves the query. */
    record Leave() implements Trigger {}

    /** A metric of the row goes above a threshold, or below it. */
    record Crosses(String column, BigDecimal threshold, boolean upwards) implements Trigger {}
  }

  public Sync {
    key = List.copyOf(key);
    map = Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
