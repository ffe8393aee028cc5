// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sketch;

import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.hll.Union;

/**
 * How many distinct values there are, by HyperLogLog: 4,096 buckets in at most 2 KB, merged in any order with one result. Sketches are texts, of
 * which several stand with commas between.
 */
public final class DistinctSketch {
  private static final int LOG_BUCKETS = 12;
  private static final int DEVIATIONS = 2;
  private static final int DECIMAL = 10;

  static {
    DataSketches.ready();
  }

  private DistinctSketch() {}

  /** A sketch of values by their 64-bit hashes in digits, with commas between. */
  public static String of(String hashes) {
    HllSketch sketch = new HllSketch(LOG_BUCKETS, TgtHllType.HLL_4);
    for (int from = 0; from < hashes.length();) {
      int to = DataSketches.end(hashes, from);
      sketch.update(Long.parseUnsignedLong(hashes, from, to, DECIMAL));
      from = to + 1;
    }
    return DataSketches.text(sketch.toCompactByteArray());
  }

  /** How many distinct values there are in all. */
  public static long count(String sketches) {
    Union union = new Union(LOG_BUCKETS);
    for (int from = 0; from < sketches.length();) {
      int to = DataSketches.end(sketches, from);
      union.update(HllSketch.heapify(DataSketches.bytes(sketches, from, to)));
      from = to + 1;
    }
    return Math.round(union.getCompositeEstimate());
  }

  /** How far 95 in 100 estimates are from the truth at most, as a share of it. */
  public static double error() {
    return Math.abs(HllSketch.getRelErr(false, true, LOG_BUCKETS, DEVIATIONS));
  }
}
