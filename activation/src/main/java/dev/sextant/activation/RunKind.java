// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be run. */
public enum RunKind {
  ROLLUP, FEATURE_VIEW, TRAINING_SET, SYNC, EXPORT,
  /** A look at whether live features still are what a training set was. */
  DRIFT;

  /** The kind as people write it, such as {@code feature-view}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<RunKind> named(String label) {
    return Arrays.stream(values()).filter(kind -> kind.label().equals(label.toLowerCase(Locale.ROOT).replace('_', '-'))).findFirst();
  }
}
