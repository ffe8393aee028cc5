// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.http;

import dev.sextant.server.ops.RunningQuery;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log what became of each query. */
final class QueryLog {
  private static final Logger LOG = LoggerFactory.getLogger("dev.sextant.query");

  private QueryLog() {}

  static void ended(RunningQuery query, String outcome, Duration took) {
    LOG.atInfo()
        .addKeyValue("door", query.asked().door())
        .addKeyValue("caller", query.asked().caller().name())
        .addKeyValue("outcome", outcome)
        .addKeyValue("rows", query.rows())
        .addKeyValue("micros", took.toNanos() / 1000)
        .log(query.asked().question());
  }

  static void bug(RunningQuery query, Throwable failure) {
    LOG.atError().setCause(failure).log("A fault of our own in query {}: {}", query.id(), query.asked().question());
  }
}
