// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.ask;

import dev.sextant.query.MetricQuery;
import java.time.Duration;
import java.util.Optional;

/** A question and how long its asker wants to wait. */
public record QueryRequest(MetricQuery query, Optional<Duration> timeout) {}
