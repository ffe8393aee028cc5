// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.ask;

import dev.sextant.model.Issue;
import dev.sextant.model.NearestNames;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.query.QueryIssue;
import java.util.ArrayList;
import java.util.List;

/** Reads the body of {@code POST /v1/cache/invalidate}. */
public final class JsonToDatasets {
  private JsonToDatasets() {}

  /** The datasets that are named, each of which must be {@code known}; none for an empty body, which means all. */
  public static List<String> read(String text, List<String> known) {
    if (text.isBlank()) {
      return List.of();
    }
    List<Issue> issues = new ArrayList<>();
    List<String> datasets = RequestFields.read(text, List.of("datasets"), "{\"datasets\": [\"orders\"]}", issues).texts("datasets");
    for (String dataset : datasets) {
      if (!known.contains(dataset)) {
        List<String> near = NearestNames.to(dataset, known);
        issues.add(new Issue(QueryIssue.INVALID_REQUEST, "dataset '" + dataset + "' is not defined." + NearestNames.question(near),
            Position.NOWHERE, near));
      }
    }
    if (!issues.isEmpty()) {
      throw new SextantException(issues);
    }
    return datasets;
  }
}
