// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.ask;

import dev.sextant.model.Issue;
import dev.sextant.model.SextantException;
import dev.sextant.query.MetricQuery.CacheUse;
import dev.sextant.query.MetricQuery.Options;
import dev.sextant.query.MetricQuery.RollupUse;
import dev.sextant.query.QueryIssue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What all requests have in common. */
final class RequestFields {

  private RequestFields() {}

  /** Reads the members of the body; {@code example} shows what it looks like when it is no object. */
  static Fields read(String text, List<String> keys, String example, List<Issue> issues) {
    Json json = JsonReader.read(text);
    if (json instanceof Json.Object object) {
      return new Fields(object, keys, issues);
    }
    throw new SextantException(
        Issue.of(QueryIssue.INVALID_REQUEST, json.at(), "A request is a JSON object such as " + example + ", not " + json.kind() + "."));
  }

  static Options options(Fields fields) {
    return new Options(fields.text("max_age"), fields.choice("cache", CacheUse.USE, CacheUse.values()),
        fields.choice("rollups", RollupUse.USE, RollupUse.values()));
  }

  static Optional<Duration> timeout(Fields fields) {
    Optional<String> text = fields.text("timeout");
    Optional<Duration> timeout = text.flatMap(Durations::read);
    if (text.isPresent() && timeout.isEmpty()) {
      fields.wrong("timeout", "'timeout' must be " + Durations.EXPECTED + ", not '" + text.get() + "'.");
    }
    return timeout;
  }
}
