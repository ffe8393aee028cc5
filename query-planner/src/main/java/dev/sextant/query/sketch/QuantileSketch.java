// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sketch;

import org.apache.datasketches.kll.KllDoublesSketch;
import org.apache.datasketches.memory.Memory;
import org.apache.datasketches.quantilescommon.QuantileSearchCriteria;

/** The quantiles of numbers, by KLL: some hundred of them in about 5 KB. Sketches are texts, of which several stand with commas between. */
public final class QuantileSketch {
  private static final int KEPT = 200;
  private static final int TIMES = '*';
  private static final int DECIMAL = 10;

  static {
    DataSketches.ready();
  }

  private QuantileSketch() {}

  /** A sketch of numbers, each with how often it is there: {@code 1.5*3,2.0*1}. */
  public static String of(String numbers) {
    KllDoublesSketch sketch = KllDoublesSketch.newHeapInstance(KEPT);
    for (int from = 0; from < numbers.length();) {
      int to = DataSketches.end(numbers, from);
      int times = numbers.indexOf(TIMES, from);
      sketch.update(number(numbers.substring(from, times)), Long.parseLong(numbers, times + 1, to, DECIMAL));
      from = to + 1;
    }
    return DataSketches.text(sketch.toByteArray());
  }

  /** What is no number sorts after all numbers. */
  private static double number(String text) {
    return switch (text) {
      case "inf", "nan" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  /** The number of all that are there of which {@code fraction} are not larger. */
  public static double quantile(String sketches, double fraction) {
    KllDoublesSketch all = KllDoublesSketch.newHeapInstance(KEPT);
    for (int from = 0; from < sketches.length();) {
      int to = DataSketches.end(sketches, from);
      all.merge(KllDoublesSketch.heapify(Memory.wrap(DataSketches.bytes(sketches, from, to))));
      from = to + 1;
    }
    return all.getQuantile(fraction, QuantileSearchCriteria.INCLUSIVE);
  }

  /** How far 99 in 100 estimates are from the asked place in the order of all numbers at most, as a share of how many there are. */
  public static double error() {
    return KllDoublesSketch.getNormalizedRankError(KEPT, false);
  }
}
