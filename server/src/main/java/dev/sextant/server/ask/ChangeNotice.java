// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.ask;

import dev.sextant.model.Issue;
import dev.sextant.model.NearestNames;
import dev.sextant.model.SextantException;
import dev.sextant.query.QueryIssue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What is said to have changed: datasets and metrics of the model, and tables or dbt models, of which many may mean nothing to it. Nothing at all
 * means everything.
 */
public record ChangeNotice(List<String> datasets, List<String> metrics, List<String> tables, List<String> models) {
  /** What may be named, in a body as in a URL. */
  public static final List<String> KEYS = List.of("datasets", "metrics", "tables", "models");

  public ChangeNotice {
    datasets = List.copyOf(datasets);
    metrics = List.copyOf(metrics);
    tables = List.copyOf(tables);
    models = List.copyOf(models);
  }

  /** A notice whose names {@code named} gives by key. */
  public static ChangeNotice of(Function<String, List<String>> named) {
    return new ChangeNotice(named.apply("datasets"), named.apply("metrics"), named.apply("tables"), named.apply("models"));
  }

  /** Reads the body of {@code POST /v1/cache/invalidate}, which may be empty. */
  public static ChangeNotice read(String text) {
    if (text.isBlank()) {
      return of(key -> List.of());
    }
    List<Issue> issues = new ArrayList<>();
    ChangeNotice notice = of(RequestFields.read(text, KEYS, "{\"datasets\": [\"orders\"]}", issues)::texts);
    if (!issues.isEmpty()) {
      throw new SextantException(issues);
    }
    return notice;
  }

  public boolean namesNothing() {
    return datasets.isEmpty() && metrics.isEmpty() && tables.isEmpty() && models.isEmpty();
  }

  /** The issue of a name that the model does not know. */
  static Issue unknown(String kind, String name, List<String> known) {
    List<String> near = NearestNames.to(name, known);
    return new Issue(QueryIssue.INVALID_REQUEST, kind + " '" + name + "' is not defined." + NearestNames.question(near),
        dev.sextant.model.Position.NOWHERE, near);
  }
}
