// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

/** A length of time: {@code count} periods of a grain, such as 7 days. */
public record TimeWindow(int count, Grain grain) {

  @Override
  public String toString() {
    return count + " " + grain.label() + (count == 1 ? "" : "s");
  }
}
