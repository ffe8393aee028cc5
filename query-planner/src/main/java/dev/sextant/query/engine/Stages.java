// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Runs the stages of a query and notes how long each took. */
final class Stages {
  private final Map<String, Long> micros = new LinkedHashMap<>();

  <T> T time(String stage, Supplier<T> work) {
    long start = System.nanoTime();
    try {
      return work.get();
    } finally {
      micros.merge(stage, (System.nanoTime() - start) / 1_000, Long::sum);
    }
  }

  /** The same stages, to be added to without changing these. */
  Stages copy() {
    Stages copy = new Stages();
    copy.micros.putAll(micros);
    return copy;
  }

  /** Microseconds by stage, in the order the stages ran. */
  Map<String, Long> micros() {
    return micros;
  }
}
