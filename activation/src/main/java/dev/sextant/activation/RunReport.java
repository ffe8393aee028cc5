// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a run did, in numbers, and why it ended where it did not go well. */
public record RunReport(Map<String, Long> counters, Optional<Problem> problem) {
  public static final RunReport EMPTY = new RunReport(Map.of(), Optional.empty());

  /** A code such as {@code DESTINATION_REFUSED} and a sentence. */
  public record Problem(String code, String message) {}

  public RunReport {
    counters = Collections.unmodifiableMap(new LinkedHashMap<>(counters));
  }

  public static RunReport of(Map<String, Long> counters) {
    return new RunReport(counters, Optional.empty());
  }

  public RunReport with(Problem what) {
    return new RunReport(counters, Optional.of(what));
  }

  public long count(String counter) {
    return counters.getOrDefault(counter, 0L);
  }
}
