// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.rewrite;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;

/** Finds out which columns of a block's answer no two of its rows share. */
final class OutputKeys {
  private final Rewriting context;
  private final Scope scope;
  private final List<Map.Entry<String, SqlNode>> entries;

  OutputKeys(Rewriting context, Scope scope, List<Map.Entry<String, SqlNode>> entries) {
    this.context = context;
    this.scope = scope;
    this.entries = entries;
  }

  List<Set<String>> of(SqlSelect select, Optional<SqlOrderBy> order, boolean grouped) {
    List<Set<String>> keys = new ArrayList<>(grouped ? ofGroups(select.getGroup()) : ofRows());
    if (grouped && !keys.isEmpty()) {
      keys.addAll(ofRows());
    }
    if (select.isDistinct()) {
      keys.add(Relation.key(entries.stream().map(Map.Entry::getKey).toList()));
    }
    if (order.filter(one -> one.fetch instanceof SqlNumericLiteral count && count.intValue(false) <= 1).isPresent()) {
      keys.add(Collections.emptySet());
    }
    return keys;
  }

  private List<Set<String>> ofGroups(@org.jspecify.annotations.Nullable SqlNodeList group) {
    BlockKeys keys = new BlockKeys(context, scope, group == null ? SqlNodeList.EMPTY : group, entries);
    SameExpressions expressions = new SameExpressions(context, scope);
    return keys.hasSubtotals() ? List.of()
        : named(keys.all().values(), key -> entries.stream().filter(entry -> expressions.same(entry.getValue(), key)).findFirst());
  }

  /** Rows of a relation that no join repeats keep its keys. */
  private List<Set<String>> ofRows() {
    if (scope.relations().isEmpty()) {
      return List.of(Collections.emptySet());
    }
    List<Set<String>> keys = new ArrayList<>();
    if (scope.relations().size() == 1) {
      Relation relation = scope.relations().getFirst();
      relation.keys().forEach(key -> keys.addAll(named(key, column -> shown(relation, column))));
    }
    return keys;
  }

  private Optional<Map.Entry<String, SqlNode>> shown(Relation relation, String column) {
    return entries.stream()
        .filter(entry -> entry.getValue() instanceof SqlIdentifier name && !name.isStar() && scope.find(name, context)
            .filter(found -> found.relation().equals(relation) && found.column().name().equalsIgnoreCase(column))
            .isPresent())
        .findFirst();
  }

  private static <T> List<Set<String>> named(Collection<T> key,
      java.util.function.Function<T, Optional<Map.Entry<String, SqlNode>>> shown) {
    List<String> names = new ArrayList<>();
    for (T part : key) {
      Optional<Map.Entry<String, SqlNode>> entry = shown.apply(part);
      if (entry.isEmpty()) {
        return List.of();
      }
      names.add(entry.get().getKey());
    }
    return List.of(Relation.key(names));
  }
}
