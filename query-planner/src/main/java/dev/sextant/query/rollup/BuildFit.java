// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.rollup;

import dev.sextant.model.Durations;
import dev.sextant.query.BuiltRollup;
import dev.sextant.query.plan.time.Bounds;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Holds what is built of a rollup against what a branch needs: is it the same definition, fresh enough, of the asked times. */
record BuildFit(Needs needs, RollupTable table, BuiltRollup built, Instant now, Optional<Duration> maxAge) {
  /** A refresh takes its time, and may have to be tried again. */
  private static final int PERIODS_OF_GRACE = 2;

  Optional<String> reason(String definition) {
    if (!built.definition().equals(definition) || built.tables().size() <= table.place()) {
      return Optional.of("it was built from another definition");
    }
    if (expires().filter(until -> now.isAfter(until)).isPresent()) {
      return Optional.of("it is stale, built as of " + built.asOf());
    }
    if (maxAge.filter(most -> built.asOf().plus(most).isBefore(now)).isPresent()) {
      return Optional.of("it is older than max_age, built as of " + built.asOf());
    }
    if (isWhole()) {
      return Optional.empty();
    }
    if (table.isSketched()) {
      return Optional.of("it holds " + held() + ", and its sketches do not meet rows");
    }
    if (table.isLocal()) {
      return Optional.of("it holds " + held() + ", and its store is not the warehouse, where the rest is");
    }
    Bounds common = needs.times().bounds().and(span());
    boolean nothing = common.isClosed() && !common.from().orElseThrow().isBefore(common.before().orElseThrow());
    return nothing ? Optional.of("it holds " + held() + " only") : Optional.empty();
  }

  /** When it stops serving unless it is built again. */
  Optional<Instant> expires() {
    return table.rollup().refresh().every().flatMap(Durations::read).map(every -> built.asOf().plus(every.multipliedBy(PERIODS_OF_GRACE)));
  }

  private Bounds span() {
    return new Bounds(built.from(), built.before());
  }

  private String held() {
    return "times" + built.from().map(from -> " from " + day(from)).orElse("")
        + built.before().map(before -> " before " + day(before)).orElse("");
  }

  private static String day(LocalDateTime time) {
    return time.toString().replaceFirst("T00:00$", "");
  }

  /** Whether all the branch reads is there. */
  boolean isWhole() {
    Bounds asked = needs.times().bounds();
    boolean start = built.from().isEmpty() || asked.from().filter(from -> !from.isBefore(built.from().get())).isPresent();
    boolean end = built.before().isEmpty() || asked.before().filter(before -> !before.isAfter(built.before().get())).isPresent();
    return start && end;
  }

  /** The asked times that are not there. */
  List<Bounds> rest() {
    List<Bounds> rest = new ArrayList<>();
    Bounds asked = needs.times().bounds();
    built.from().ifPresent(from -> rest.add(asked.and(new Bounds(Optional.empty(), Optional.of(from)))));
    built.before().ifPresent(before -> rest.add(asked.and(new Bounds(Optional.of(before), Optional.empty()))));
    return rest.stream().filter(span -> !span.isClosed() || span.from().orElseThrow().isBefore(span.before().orElseThrow())).toList();
  }
}
