// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query;

/** What a dialect claims to be able to do; a test proves every claim and every refusal. */
public enum DialectFeature {
  /** FULL JOIN on IS NOT DISTINCT FROM, as a hash join. */
  FULL_JOIN_NULL_SAFE,
  /** ASOF JOIN, which finds the last row up to an instant. */
  AS_OF_JOIN,
  /** Percentiles that are estimated. */
  APPROXIMATE_PERCENTILE,
  /** Sketches, made and merged. */
  SKETCHES
}
