// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.ask;

import dev.sextant.model.Issue;
import dev.sextant.model.SextantException;
import dev.sextant.query.QueryIssue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v1/features}: one view, several, or a service that names them; which features (all where none is named), the keys,
 * and how old values may be. {@code version} asks for another version than the one that is served.
 */
public record FeatureRequest(Optional<String> view, List<String> views, Optional<String> service, List<String> features,
    List<Map<String, @Nullable Object>> keys, boolean expired, Optional<Duration> maxAge, Optional<String> version) {

  /** The keys of a request. */
  public static final List<String> KEYS = List.of("view", "views", "service", "features", "keys", "expired", "max_age", "version");

  public FeatureRequest {
    views = List.copyOf(views);
    features = List.copyOf(features);
    keys = List.copyOf(keys);
  }

  /** Reads a request, or throws its issues. */
  public static FeatureRequest read(String text) {
    List<Issue> issues = new ArrayList<>();
    Fields fields = RequestFields.read(text, KEYS, "{\"view\": .., \"keys\": [..]}", issues);
    List<Map<String, @Nullable Object>> keys = fields.list("keys", "a list of objects")
        .stream()
        .map(key -> JsonValues.members(key, "A key", issues))
        .toList();
    FeatureRequest request = new FeatureRequest(fields.text("view"), fields.texts("views"), fields.text("service"),
        fields.texts("features"),
        keys, fields.flag("expired", false), maxAge(fields), fields.text("version"));
    int named = (request.view.isPresent() ? 1 : 0) + (request.views.isEmpty() ? 0 : 1) + (request.service.isPresent() ? 1 : 0);
    if (named != 1) {
      issues.add(Issue.of(QueryIssue.INVALID_REQUEST, fields.at(), "A request names exactly one of 'view', 'views' and 'service'."));
    }
    if (request.view.isEmpty() && (!request.features.isEmpty() || request.version.isPresent())) {
      issues.add(Issue.of(QueryIssue.INVALID_REQUEST, fields.at(),
          "'features' and 'version' go with 'view'; 'views' names single features as view:feature."));
    }
    if (fields.isAbsent("keys")) {
      issues.add(Issue.of(QueryIssue.INVALID_REQUEST, fields.at(), "'keys' is missing."));
    }
    if (!issues.isEmpty()) {
      throw new SextantException(issues);
    }
    return request;
  }

  private static Optional<Duration> maxAge(Fields fields) {
    Optional<String> text = fields.text("max_age");
    Optional<Duration> age = text.flatMap(Durations::read);
    if (text.isPresent() && age.isEmpty()) {
      fields.wrong("max_age", "'max_age' must be " + Durations.EXPECTED + ", not '" + text.get() + "'.");
    }
    return age;
  }
}
