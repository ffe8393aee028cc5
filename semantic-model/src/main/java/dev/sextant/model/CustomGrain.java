// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

/** A grain that a time spine table declares by a column: {@code column} gives the period of each {@code base} value of the spine. */
public record CustomGrain(String label, TimeSpine spine, String column) implements Grain {

  /** The grain of the spine the periods are made of. */
  public TimeGrain base() {
    return spine.grain();
  }
}
