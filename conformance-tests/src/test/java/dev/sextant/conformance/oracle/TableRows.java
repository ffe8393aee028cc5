// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.oracle;

import dev.sextant.conformance.Table;
import dev.sextant.conformance.Value;
import dev.sextant.model.Dataset;
import dev.sextant.model.Entity;
import dev.sextant.model.Source;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All rows of the project's tables, each fetched once with {@code select *}. */
public final class TableRows {
  private final Function<String, Table> warehouse;
  private final Map<Source, List<Row>> rows = new HashMap<>();
  private final Map<Entity, Map<List<Value>, List<Row>>> byKey = new IdentityHashMap<>();

  public TableRows(Function<String, Table> warehouse) {
    this.warehouse = warehouse;
  }

  List<Row> of(Source source) {
    return rows.computeIfAbsent(source, this::fetch);
  }

  private List<Row> fetch(Source source) {
    Table table = warehouse.apply("select * from " + source);
    Map<String, Integer> index = new HashMap<>();
    table.names().forEach(name -> index.put(name.toLowerCase(Locale.ROOT), index.size()));
    return table.rows().stream().map(cells -> new Row(index, cells)).toList();
  }

  /** The rows of a dataset that have these values of an entity's keys. */
  List<Row> matching(Dataset dataset, Entity entity, List<Value> keys) {
    return byKey.computeIfAbsent(entity, any -> group(dataset, entity)).getOrDefault(keys, List.of());
  }

  private Map<List<Value>, List<Row>> group(Dataset dataset, Entity entity) {
    return of(dataset.source()).stream()
        .collect(Collectors.groupingBy(row -> keys(row, entity), LinkedHashMap::new, Collectors.toList()));
  }

  static List<Value> keys(Row row, Entity entity) {
    return entity.keys().stream().map(row::evaluate).toList();
  }
}
