// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation;

import java.util.List;
import java.util.Map;

/** What a run would do: its counters, some rows as they would be sent, keys and fields as JSON, and some that it would reject. */
public record DryRun(Map<String, Long> counters, List<Sample> samples, List<Reject> rejects) {

  /** A row that would be sent. */
  public record Sample(String operation, String key, String fields) {}
}
