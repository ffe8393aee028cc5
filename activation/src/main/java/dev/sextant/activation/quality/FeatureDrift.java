// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.quality;

import java.util.List;

/** A feature's bins, how many values were in each when the training set was exported, and how many are now; the last bin counts NULLs. */
record FeatureDrift(String feature, List<String> bins, List<Long> baseline, List<Long> current, Distance distance, boolean enough) {

  FeatureDrift {
    bins = List.copyOf(bins);
    baseline = List.copyOf(baseline);
    current = List.copyOf(current);
  }

  /** Whether there are enough values on both sides and they are far apart. */
  boolean isDrift() {
    return enough && distance.isDrift();
  }
}
