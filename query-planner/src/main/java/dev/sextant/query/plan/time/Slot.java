// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.time;

import dev.sextant.model.CustomGrain;
import dev.sextant.model.DatePart;
import dev.sextant.model.Expr;
import dev.sextant.model.TimeGrain;

/** What a name in a filter or group-by item stands for over the columns at hand. */
public sealed interface Slot {

  /** A value as it is. */
  record Plain(Expr expr) implements Slot {}

  /** A time, truncated to a grain. */
  record Truncated(TimeColumn time, TimeGrain grain) implements Slot {}

  /** A part of a time. */
  record Part(TimeColumn time, DatePart part) implements Slot {}

  /** A period of a custom grain, in a column joined from its spine. */
  record Custom(Expr expr, CustomGrain grain) implements Slot {}

  default Expr expr(Planning planning) {
    return switch (this) {
      case Plain plain -> plain.expr();
      case Truncated truncated -> Times.truncated(truncated.time(), truncated.grain(), planning);
      case Part part -> Times.part(part.time(), part.part(), planning);
      case Custom custom -> custom.expr();
    };
  }
}
