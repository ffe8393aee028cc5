// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

/** How coarse a time value is: a standard {@link TimeGrain} or a {@link CustomGrain} that a time spine declares. */
public sealed interface Grain permits TimeGrain, CustomGrain {

  /** The lower-case name used in queries, such as {@code month}. */
  String label();
}
