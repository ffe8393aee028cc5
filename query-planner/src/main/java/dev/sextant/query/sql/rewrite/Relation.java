// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.rewrite;

import dev.sextant.model.DataType;
import dev.sextant.query.sql.table.MeasureShape;
import dev.sextant.query.sql.table.SemanticTable;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What FROM offers under a name: columns, and the semantic table they come from where they come straight from one. {@code keys} are sets of columns,
 * by lower-case name, whose values no two rows share; an empty set says that there is one row at most. {@code merged} are columns, by lower-case
 * name, that USING has made one with another relation's: their bare name means the other's.
 */
record Relation(String alias, List<OutColumn> columns, Optional<TableUse> use, List<Set<String>> keys, Set<String> merged) {

  /** A column of a relation, the measure it carries, if any, and its type, OTHER where that is not known. */
  record OutColumn(String name, Optional<Carried> measure, DataType type) {
    static OutColumn plain(String name, DataType type) {
      return new OutColumn(name, Optional.empty(), type);
    }

    OutColumn named(String other) {
      return new OutColumn(other, measure, type);
    }
  }

  /**
   * A measure on its way up through sub-queries that do not group: which columns hold the row values its aggregates take. Without a shape it can
   * be evaluated only right where its table is read. {@code repeated} says that a join on the way may have repeated the rows.
   */
  record Carried(SemanticTable.MetricColumn metric, Optional<MeasureShape> shape, List<String> leafColumns, boolean repeated) {
    Carried {
      leafColumns = List.copyOf(leafColumns);
    }
  }

  Relation {
    columns = List.copyOf(columns);
    keys = List.copyOf(keys);
  }

  Relation(String alias, List<OutColumn> columns, Optional<TableUse> use, List<Set<String>> keys) {
    this(alias, columns, use, keys, Collections.emptySet());
  }

  /** This relation with a column whose bare name means another relation's. */
  Relation merging(String column) {
    Set<String> all = new LinkedHashSet<>(merged);
    all.add(column.toLowerCase(Locale.ROOT));
    return new Relation(alias, columns, use, keys, Collections.unmodifiableSet(all));
  }

  /** Whether a name, with its relation's before it or not, may mean a column of this relation. */
  boolean offers(List<String> name) {
    return name.size() == 1 ? !merged.contains(name.getLast().toLowerCase(Locale.ROOT)) : isNamed(name.get(name.size() - 2));
  }

  /** A relation of which nothing is known but its columns. */
  static Relation of(String alias, List<OutColumn> columns) {
    return new Relation(alias, columns, Optional.empty(), List.of());
  }

  /** This relation in a join that may repeat its rows. */
  Relation repeated() {
    return new Relation(alias, columns.stream()
        .map(column -> new OutColumn(column.name(),
            column.measure().map(measure -> new Carried(measure.metric(), measure.shape(), measure.leafColumns(), true)), column.type()))
        .toList(), use, keys, merged);
  }

  /** A key of these columns. */
  static Set<String> key(Collection<String> columns) {
    Set<String> names = new LinkedHashSet<>();
    columns.forEach(column -> names.add(column.toLowerCase(Locale.ROOT)));
    return Collections.unmodifiableSet(names);
  }

  Optional<OutColumn> column(String name) {
    return columns.stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .or(() -> columns.stream().filter(column -> column.name().equalsIgnoreCase(name)).findFirst());
  }

  /** Whether several columns have a name. */
  boolean hasTwice(String name) {
    long exactly = columns.stream().filter(column -> column.name().equals(name)).count();
    return exactly > 1 || exactly == 0 && columns.stream().filter(column -> column.name().equalsIgnoreCase(name)).count() > 1;
  }

  boolean isNamed(String name) {
    return alias.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT));
  }
}
