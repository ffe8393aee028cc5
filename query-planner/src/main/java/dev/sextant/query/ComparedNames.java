// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query;

import java.util.List;

/** The names of the columns that a comparison with an earlier time adds to a metric. */
public final class ComparedNames {
  private ComparedNames() {}

  /** The metric's value at the earlier time. */
  public static String previous(String metric) {
    return metric + "__previous";
  }

  /** The value less the earlier one. */
  public static String change(String metric) {
    return metric + "__change";
  }

  /** The change as a share of the earlier value: 0.1 is ten percent more. */
  public static String share(String metric) {
    return metric + "__change_share";
  }

  public static List<String> all(String metric) {
    return List.of(previous(metric), change(metric), share(metric));
  }
}
