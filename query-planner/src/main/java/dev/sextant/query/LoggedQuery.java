// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query;

import java.time.Duration;

/** A question from a log: how often it was asked, and how long its answers took together. */
public record LoggedQuery(MetricQuery query, long times, Duration took) {}
