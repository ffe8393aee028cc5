// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.alert;

import dev.sextant.activation.Run;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What somebody may want to be told. */
public enum AlertKind {
  FAILED, DEAD, GUARDED, REJECTS, MISSED;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<AlertKind> named(String text) {
    return Arrays.stream(values()).filter(kind -> kind.label().equals(text.strip().toLowerCase(Locale.ROOT))).findFirst();
  }

  /** What the end of a run is, if it is worth an alert. A run that a server let go in peace goes on elsewhere. */
  static Optional<AlertKind> of(Run run) {
    return switch (run.state()) {
      case FAILED -> Optional.of(FAILED);
      case DEAD -> run.report().problem().isPresent() ? Optional.empty() : Optional.of(DEAD);
      case GUARDED -> Optional.of(GUARDED);
      case SUCCEEDED_WITH_REJECTS -> Optional.of(REJECTS);
      case DUE, RUNNING, SUCCEEDED, SKIPPED, CANCELLED -> Optional.empty();
    };
  }
}
