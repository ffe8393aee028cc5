// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.serving;

/** What is known of a feature of a key. */
public enum FeatureStatus {
  PRESENT, NULL,
  /** There is no row of the key. */
  NOT_FOUND,
  /** There is a value, but it is older than the view or the request allows. */
  OUTSIDE_MAX_AGE
}
