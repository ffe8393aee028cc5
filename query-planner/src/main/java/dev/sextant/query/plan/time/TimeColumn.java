// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.time;

import dev.sextant.model.Expr;
import dev.sextant.model.TimeGrain;
import java.util.Optional;

/**
 * A column of instants: its values are of {@code grain} once truncated; {@code stored} says that they are as the warehouse stores them, so that
 * a question in another time zone must convert them. Where they are starts of periods already, {@code starts} is the periods' grain.
 */
public record TimeColumn(Expr column, TimeGrain grain, boolean stored, Optional<TimeGrain> starts) {
  public TimeColumn(Expr column, TimeGrain grain, boolean stored) {
    this(column, grain, stored, stored ? Optional.empty() : Optional.of(grain));
  }
}
