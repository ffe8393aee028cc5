// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.check;

import dev.sextant.model.Issues;
import dev.sextant.model.ModelIssue;
import dev.sextant.model.Position;
import dev.sextant.model.SavedQuery;
import dev.sextant.model.Sync;
import dev.sextant.model.build.Draft;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Saved queries, and the queries of syncs, can be answered: they name what exists and what goes together. */
final class QueriesFit implements ModelCheck {

  @Override
  public void check(Draft draft, Issues issues) {
    QueryNames names = new QueryNames(draft);
    draft.model().definitions().savedQueries().forEach(query -> check(draft, names, query, issues));
    for (Sync sync : draft.model().definitions().syncs()) {
      SavedQuery query = sync.query();
      if (draft.model().savedQuery(query.name()).filter(query::equals).isEmpty()) {
        check(draft, names, query, issues);
        query.where().forEach(filter -> FiltersFit.check(draft, names, filter, query.metrics(), query.position(), issues));
      }
    }
  }

  private static void check(Draft draft, QueryNames names, SavedQuery query, Issues issues) {
    if (query.metrics().isEmpty() && query.groupBy().isEmpty()) {
      issues.add(ModelIssue.MISSING_KEY, query.position(), "query '" + query.name() + "' asks for nothing; give it metrics or group_by");
    }
    Set<String> seen = new HashSet<>();
    for (String metric : query.metrics()) {
      Position at = draft.places().of(query, "metrics." + metric, query.position());
      names.checkMetric(metric, () -> at, issues);
      twice(seen, metric, at, issues);
    }
    for (String item : query.groupBy()) {
      Position at = draft.places().of(query, "group_by." + item, query.position());
      twice(seen, item, at, issues);
      if (names.checkItem(item, () -> at, issues)) {
        query.metrics().forEach(metric -> names.checkReach(metric, item, () -> at, issues));
      }
    }
    query.orderBy().forEach(order -> order(draft, query, order, issues));
  }

  private static void twice(Set<String> seen, String name, Position at, Issues issues) {
    if (!seen.add(name)) {
      issues.add(ModelIssue.DUPLICATE_NAME, at, "'" + name + "' is asked for twice");
    }
  }

  private static void order(Draft draft, SavedQuery query, String order, Issues issues) {
    String name = order.startsWith("-") ? order.substring(1) : order;
    List<String> columns = Stream.concat(query.metrics().stream(), query.groupBy().stream()).toList();
    boolean known = columns.stream().anyMatch(column -> column.equals(name) || column.startsWith(name + "__"));
    if (!known) {
      issues.unknown(ModelIssue.UNKNOWN_NAME, draft.places().of(query, "order_by." + order, query.position()),
          "'" + name + "' is ordered by but not asked for.", name, columns);
    }
  }
}
