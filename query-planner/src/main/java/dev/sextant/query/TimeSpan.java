// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query;

import java.time.LocalDateTime;

/** A half-open stretch of time, {@code [start, end)}, in the query's time zone. */
public record TimeSpan(LocalDateTime start, LocalDateTime end) {}
