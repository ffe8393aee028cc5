// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.ask;

import dev.sextant.query.SqlQuery;
import java.time.Duration;
import java.util.Optional;

/** A statement of semantic SQL, how long its asker wants to wait, and whether only its columns and parameters are asked for. */
public record SqlRequest(SqlQuery query, Optional<Duration> timeout, boolean prepareOnly) {}
