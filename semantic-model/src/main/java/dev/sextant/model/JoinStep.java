// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

/**
 * One join on the way to another dataset: {@code left} of the dataset one stands in equals {@code right} of {@code to}. {@code link} is the
 * name the step has in {@code a__b__dimension}.
 */
public record JoinStep(String link, Dataset from, Entity left, Dataset to, Entity right) {

  /** Whether one row may meet several rows of {@link #to()}, so that a plain join would count it more than once. */
  public boolean fansOut() {
    return !right.type().identifiesRow();
  }
}
