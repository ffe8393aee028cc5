// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import java.util.List;
import java.util.Map;

/** What a sync would do: the counters of its plan and the first rows, keys and fields as JSON. */
public record SyncPreview(Map<String, Long> counters, List<PlannedChange> samples) {

  /** A row that would be sent. */
  public record PlannedChange(String operation, String key, String fields) {}
}
