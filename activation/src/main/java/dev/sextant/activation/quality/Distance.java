// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.quality;

import java.util.List;

/**
 * How far apart two distributions over the same bins are: the population stability index, the Jensen-Shannon distance to base 2 (0 to 1), and the
 * Kolmogorov-Smirnov distance of the bins' edges, 0 where bins have no order. These are sizes of an effect; how sure one is of it does not enter.
 */
record Distance(double populationStability, double jensenShannon, double kolmogorovSmirnov) {
  static final double MOST_STABILITY = 0.2;
  static final double MOST_JENSEN_SHANNON = 0.1;
  static final double MOST_KOLMOGOROV_SMIRNOV = 0.1;
  /** The share that an empty bin counts as. */
  private static final double LEAST_SHARE = 1e-4;

  /** {@code ordered} tells whether the bins have an order; NULL counts as a bin of its own and comes last, outside of the order. */
  static Distance of(List<Long> baseline, List<Long> current, boolean ordered) {
    double[] p = shares(baseline);
    double[] q = shares(current);
    double stability = 0;
    double divergence = 0;
    for (int i = 0; i < p.length; i++) {
      double before = Math.max(p[i], LEAST_SHARE);
      double now = Math.max(q[i], LEAST_SHARE);
      stability += (before - now) * Math.log(before / now);
      double middle = (p[i] + q[i]) / 2;
      divergence += (part(p[i], middle) + part(q[i], middle)) / 2;
    }
    return new Distance(stability, Math.sqrt(Math.max(0, divergence)), ordered ? largestGap(baseline, current) : 0);
  }

  private static double part(double share, double middle) {
    return share == 0 ? 0 : share * Math.log(share / middle) / Math.log(2);
  }

  private static double[] shares(List<Long> counts) {
    double all = counts.stream().mapToLong(Long::longValue).sum();
    return counts.stream().mapToDouble(count -> all == 0 ? 0 : count / all).toArray();
  }

  private static double largestGap(List<Long> baseline, List<Long> current) {
    double[] p = shares(baseline.subList(0, baseline.size() - 1));
    double[] q = shares(current.subList(0, current.size() - 1));
    double before = 0;
    double now = 0;
    double largest = 0;
    for (int i = 0; i < p.length; i++) {
      before += p[i];
      now += q[i];
      largest = Math.max(largest, Math.abs(before - now));
    }
    return largest;
  }

  /** Whether any of the three is at its limit. */
  boolean isDrift() {
    return populationStability >= MOST_STABILITY || jensenShannon >= MOST_JENSEN_SHANNON || kolmogorovSmirnov >= MOST_KOLMOGOROV_SMIRNOV;
  }
}
