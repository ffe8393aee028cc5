// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.asof;

/** How metrics over windows are computed: whichever is estimated to be faster, or one of the ways wherever it can be gone. */
public enum FeatureShape {
  /** By the number of pairs of an instant and an event. */
  ESTIMATED,
  /** Pairs of instants and events, aggregated. */
  PAIRS,
  /** Differences of running totals. */
  TOTALS
}
