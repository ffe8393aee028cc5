// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import dev.sextant.activation.scratch.Sql;
import dev.sextant.model.Sync;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.stream.Collectors;

/** What a sync takes from its query's columns, as SQL over the table of its rows. */
record SyncColumns(Sync sync) {

  /** The columns of the query that keys and fields are made of, each once. */
  SequencedSet<String> taken() {
    SequencedSet<String> columns = new LinkedHashSet<>(sync.key());
    sync.map().values().forEach(field -> {
      if (field instanceof Sync.Field.FromColumn from) {
        columns.add(from.column());
      }
    });
    return columns;
  }

  /** The key as a JSON array; typed and quoted, so that (1, 23) is not (12, 3) and 1 is not '1'. */
  String key() {
    return key("");
  }

  String key(String table) {
    String prefix = table.isEmpty() ? "" : table + ".";
    return "cast(json_array(" + sync.key().stream().map(column -> prefix + Sql.name(column)).collect(Collectors.joining(", "))
        + ") as varchar)";
  }

  /** What is taken from a row, with the hashes of its key and of what is sent, and whether it counts. */
  String staging(Edges edges) {
    return "case when " + keyIsNull() + " then null else md5_number(" + key() + ") end as key_hash, "
        + (edges.isTrigger() ? "0::uhugeint" : payloadHash()) + " as payload_hash, " + edges.inside() + " as inside, "
        + taken().stream().map(Sql::name).collect(Collectors.joining(", "));
  }

  String keyIsNull() {
    return sync.key().stream().map(column -> Sql.name(column) + " is null").collect(Collectors.joining(" or "));
  }

  /** What is sent, as a number of 128 bits: the names of the fields and every value, each with its length in front. */
  String payloadHash() {
    List<String> parts = new ArrayList<>();
    sync.map().forEach((name, field) -> {
      parts.add(Sql.text(name.length() + ":" + name));
      parts.add(switch (field) {
        case Sync.Field.FromColumn from -> "coalesce(concat(length(" + text(from) + "), ':', " + text(from) + "), 'N')";
        case Sync.Field.Constant constant -> Sql.text("C" + constant.value().length() + ":" + constant.value());
      });
    });
    return parts.isEmpty() ? "0::uhugeint" : "md5_number(concat(" + String.join(", ", parts) + "))";
  }

  private static String text(Sync.Field.FromColumn from) {
    return "cast(" + Sql.name(from.column()) + " as varchar)";
  }

  /** Required fields by the condition under which a row lacks them. */
  Map<String, String> missing() {
    Map<String, String> conditions = new LinkedHashMap<>();
    for (String field : sync.guard().required()) {
      switch (sync.map().get(field)) {
        case Sync.Field.FromColumn from -> conditions.put(field, "coalesce(trim(" + text(from) + "), '') = ''");
        case Sync.Field.Constant constant when constant.value().isBlank() -> conditions.put(field, "true");
        case null, default -> {
        }
      }
    }
    return conditions;
  }
}
