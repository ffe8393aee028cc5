// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.time;

import dev.sextant.query.TimeSpan;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A stretch of time that may be open on either side: {@code [from, before)}. */
public record Bounds(Optional<LocalDateTime> from, Optional<LocalDateTime> before) {

  public static final Bounds NONE = new Bounds(Optional.empty(), Optional.empty());

  public static Bounds of(TimeSpan span) {
    return new Bounds(Optional.of(span.start()), Optional.of(span.end()));
  }

  public boolean isClosed() {
    return from.isPresent() && before.isPresent();
  }

  /** What both stretches have in common. */
  public Bounds and(Bounds other) {
    return new Bounds(later(from, other.from), earlier(before, other.before));
  }

  /** Stretches that hold the same instants, none of which touches another. */
  public static List<Bounds> joined(List<Bounds> all) {
    List<Bounds> joined = new ArrayList<>();
    for (Bounds next : all) {
      Bounds one = next;
      for (Bounds known : List.copyOf(joined)) {
        if (one.touches(known)) {
          joined.remove(known);
          one = one.or(known);
        }
      }
      joined.add(one);
    }
    return joined;
  }

  private boolean touches(Bounds other) {
    return startsBeforeEndOf(other) && other.startsBeforeEndOf(this);
  }

  private boolean startsBeforeEndOf(Bounds other) {
    return from.isEmpty() || other.before.isEmpty() || !from.get().isAfter(other.before.get());
  }

  /** The stretch from the start of the first to the end of the last. */
  private Bounds or(Bounds other) {
    return new Bounds(from.isEmpty() || other.from.isEmpty() ? Optional.empty() : earlier(from, other.from),
        before.isEmpty() || other.before.isEmpty() ? Optional.empty() : later(before, other.before));
  }

  private static Optional<LocalDateTime> later(Optional<LocalDateTime> a, Optional<LocalDateTime> b) {
    return a.isPresent() && b.isPresent() && a.get().isAfter(b.get()) ? a : b.or(() -> a);
  }

  private static Optional<LocalDateTime> earlier(Optional<LocalDateTime> a, Optional<LocalDateTime> b) {
    return a.isPresent() && b.isPresent() && a.get().isBefore(b.get()) ? a : b.or(() -> a);
  }
}
