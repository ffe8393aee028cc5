// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.ask;

import dev.sextant.model.Issue;
import dev.sextant.model.SextantException;
import dev.sextant.query.QueryIssue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /v1/features/push}: rows of a view, each with the instant its values are of, its key and its features. */
public record PushRequest(String view, List<Row> rows) {

  /** The keys of a request. */
  public static final List<String> KEYS = List.of("view", "rows");
  /** The keys of a row. */
  public static final List<String> ROW_KEYS = List.of("key", "event_time", "features");

  /** One row. */
  public record Row(Map<String, @Nullable Object> key, Instant eventTime, Map<String, @Nullable Object> features) {}

  public PushRequest {
    rows = List.copyOf(rows);
  }

  /** Reads a request, or throws its issues. */
  public static PushRequest read(String text) {
    List<Issue> issues = new ArrayList<>();
    Fields fields = RequestFields.read(text, KEYS, "{\"view\": .., \"rows\": [..]}", issues);
    Optional<String> view = fields.text("view");
    if (view.isEmpty()) {
      issues.add(Issue.of(QueryIssue.INVALID_REQUEST, fields.at(), "'view' is missing."));
    }
    List<Row> rows = fields.list("rows", "a list of objects").stream().flatMap(row -> row(row, issues).stream()).toList();
    if (!issues.isEmpty()) {
      throw new SextantException(issues);
    }
    return new PushRequest(view.orElseThrow(), rows);
  }

  private static Optional<Row> row(Json json, List<Issue> issues) {
    if (!(json instanceof Json.Object object)) {
      issues.add(Issue.of(QueryIssue.INVALID_REQUEST, json.at(),
          "A row is an object such as {\"key\": {..}, \"event_time\": .., \"features\": {..}}, not " + json.kind() + "."));
      return Optional.empty();
    }
    Fields row = new Fields(object, ROW_KEYS, issues);
    Optional<Instant> at = row.text("event_time").flatMap(written -> instant(row, written));
    if (row.isAbsent("event_time")) {
      issues.add(Issue.of(QueryIssue.INVALID_REQUEST, json.at(), "'event_time' is missing."));
    }
    return at.map(instant -> new Row(members(row, "key", issues), instant, members(row, "features", issues)));
  }

  private static Map<String, @Nullable Object> members(Fields row, String key, List<Issue> issues) {
    Optional<Json> json = row.json(key);
    if (json.isEmpty()) {
      issues.add(Issue.of(QueryIssue.INVALID_REQUEST, row.at(), "'" + key + "' is missing."));
    }
    return json.map(members -> JsonValues.members(members, "'" + key + "'", issues)).orElseGet(LinkedHashMap::new);
  }

  private static Optional<Instant> instant(Fields row, String written) {
    try {
      return Optional.of(OffsetDateTime.parse(written).toInstant());
    } catch (DateTimeException malformed) {
      row.wrong("event_time", "'event_time' must be an instant such as 2026-03-01T12:00:00Z, not '" + written + "'.");
      return Optional.empty();
    }
  }
}
