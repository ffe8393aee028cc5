// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query;

/** The names of the columns that totals, tops, shares and running totals add to an answer. */
public final class AddedNames {
  private AddedNames() {}

  /** Whether the row is a total over the item, whose own column is NULL then. */
  public static String isTotal(String item) {
    return item + "__is_total";
  }

  /** Whether the row stands for all values of the item that are not among the top ones; the item's own column is NULL then. */
  public static String isOthers(String item) {
    return item + "__is_others";
  }

  /** The metric as a share of its value over the named items: 0.1 is ten percent of it. */
  public static String share(String metric) {
    return metric + "__share";
  }

  /** The metric over everything up to the row's time. */
  public static String running(String metric) {
    return metric + "__running";
  }
}
