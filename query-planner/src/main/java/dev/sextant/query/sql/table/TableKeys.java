// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.table;

import dev.sextant.model.Dataset;
import dev.sextant.model.Entity;
import dev.sextant.query.Member;
import dev.sextant.query.bind.MemberFinder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The keys of virtual tables, as the entities of their datasets tell: a table's own key is its primary key, another table's key among its columns
 * refers to that table. Where several tables show the same rows, the dataset's own table is referred to.
 */
public final class TableKeys {
  private final List<Key> keys = new ArrayList<>();

  /** A key of one column; {@code refersTo} is the primary key it holds values of, nothing for primary keys themselves. */
  public record Key(String name, String table, String column, Optional<Key> refersTo) {}

  private record Held(SemanticTable table, String column, Dataset dataset, Entity entity) {}

  public TableKeys(SemanticTables tables) {
    List<Held> held = held(tables);
    Map<String, Key> byEntity = new LinkedHashMap<>();
    for (Held one : held) {
      if (one.entity().type() == Entity.Type.PRIMARY) {
        Key key = new Key(one.table().name() + "_pkey", one.table().name(), one.column(), Optional.empty());
        boolean own = one.table().name().equals(one.dataset().name());
        if (keys.stream().noneMatch(known -> known.name().equals(key.name()))) {
          keys.add(key);
          byEntity.merge(one.entity().target(), key, (old, found) -> own ? found : old);
        }
      }
    }
    for (Held one : held) {
      Key target = one.entity().type() == Entity.Type.FOREIGN ? byEntity.get(one.entity().target()) : null;
      if (target != null && !target.table().equals(one.table().name())) {
        keys.add(new Key(one.table().name() + "_" + one.column() + "_fkey", one.table().name(), one.column(), Optional.of(target)));
      }
    }
  }

  /** All keys, primary ones first, in the order of the tables. */
  public List<Key> all() {
    return List.copyOf(keys);
  }

  private static List<Held> held(SemanticTables tables) {
    MemberFinder finder = new MemberFinder(tables.model());
    List<Held> held = new ArrayList<>();
    for (SemanticTable table : tables.all()) {
      for (SemanticTable.Column column : table.columns()) {
        if (column instanceof SemanticTable.ItemColumn item && !item.item().isMetricTime()) {
          table.base()
              .flatMap(base -> finder.tryFind(base, item.item()))
              .flatMap(member -> own(member))
              .ifPresent(key -> held.add(new Held(table, column.name(), key.dataset(), key.entity())));
        }
      }
    }
    return held;
  }

  private static Optional<Member.Key> own(Member member) {
    return member instanceof Member.Key key && key.path().length() == 0 && key.entity().keys().size() == 1 ? Optional.of(key)
        : Optional.empty();
  }
}
