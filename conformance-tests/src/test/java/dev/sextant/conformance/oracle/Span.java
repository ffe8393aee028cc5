// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.oracle;

import java.time.LocalDateTime;

/** Local times from {@code start} up to, not including, {@code end}. */
record Span(LocalDateTime start, LocalDateTime end) {

  boolean contains(LocalDateTime time) {
    return !time.isBefore(start) && time.isBefore(end);
  }
}
