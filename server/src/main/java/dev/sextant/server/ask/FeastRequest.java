// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.ask;

import dev.sextant.model.Issue;
import dev.sextant.model.SextantException;
import dev.sextant.query.QueryIssue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request as Feast's feature server takes it: features as {@code view:feature} or a feature service, and a list of values for each part of the
 * key. {@code include_expired} is ours: it shows values that are too old.
 */
public record FeastRequest(List<String> features, Optional<String> service, Map<String, List<@Nullable Object>> entities,
    boolean fullNames, boolean expired) {

  /** The keys of a request. */
  public static final List<String> KEYS = List.of("features", "feature_service", "entities", "full_feature_names", "request_context",
      "include_expired");

  public FeastRequest {
    features = List.copyOf(features);
  }

  /** Reads a request, or throws its issues. */
  public static FeastRequest read(String text) {
    List<Issue> issues = new ArrayList<>();
    Fields fields = RequestFields.read(text, KEYS, "{\"features\": [..], \"entities\": {..}}", issues);
    FeastRequest request = new FeastRequest(fields.texts("features"), fields.text("feature_service"), entities(fields, issues),
        fields.flag("full_feature_names", false), fields.flag("include_expired", false));
    if (request.features.isEmpty() == request.service.isEmpty()) {
      issues.add(Issue.of(QueryIssue.INVALID_REQUEST, fields.at(), "A request names either 'features' or a 'feature_service'."));
    }
    if (!fields.isAbsent("request_context")) {
      fields.wrong("request_context", "There are no features that are computed from the request; leave 'request_context' out.");
    }
    if (!issues.isEmpty()) {
      throw new SextantException(issues);
    }
    return request;
  }

  private static Map<String, List<@Nullable Object>> entities(Fields fields, List<Issue> issues) {
    Map<String, List<@Nullable Object>> entities = new LinkedHashMap<>();
    Optional<Json> json = fields.json("entities");
    if (json.isEmpty()) {
      issues.add(Issue.of(QueryIssue.INVALID_REQUEST, fields.at(), "'entities' is missing."));
      return entities;
    }
    JsonValues.members(json.get(), "'entities'", issues).forEach((name, values) -> {
      if (values instanceof List<?> list) {
        entities.put(name, new ArrayList<>(list));
      } else {
        fields.wrong("entities", "'" + name + "' must be a list of values.");
      }
    });
    if (entities.values().stream().mapToInt(List::size).distinct().count() > 1) {
      fields.wrong("entities", "All lists of 'entities' must be of the same length.");
    }
    return entities;
  }

  /** How many rows are asked for. */
  public int rows() {
    return entities.values().stream().mapToInt(List::size).findFirst().orElse(0);
  }

  /** The keys, one a row. */
  public List<Map<String, @Nullable Object>> keys() {
    List<Map<String, @Nullable Object>> keys = new ArrayList<>();
    for (int i = 0; i < rows(); i++) {
      Map<String, @Nullable Object> key = new LinkedHashMap<>();
      for (Map.Entry<String, List<@Nullable Object>> entity : entities.entrySet()) {
        key.put(entity.getKey(), entity.getValue().get(i));
      }
      keys.add(key);
    }
    return keys;
  }
}
