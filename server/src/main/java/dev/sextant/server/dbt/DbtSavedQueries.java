// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.dbt;

import dev.sextant.model.Expr;
import dev.sextant.model.SavedQuery;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.SextantException;
import dev.sextant.model.TimeGrain;
import dev.sextant.model.expr.ExprParser;
import dev.sextant.query.ItemName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Saved queries as dbt describes them. */
final class DbtSavedQueries {

  private DbtSavedQueries() {}

  static Map<String, @Nullable Object> entry(SavedQuery saved, SemanticModel model) {
    Map<String, @Nullable Object> entry = DbtCatalog.entry(saved.name(), saved.documentation());
    Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
    parameters.put("metrics", saved.metrics().stream().map(name -> Map.of("name", name)).toList());
    parameters.put("groupBy", saved.groupBy().stream().map(text -> groupBy(text, model)).toList());
    parameters.put("where", DbtCatalog.filter(saved.where()));
    entry.put("queryParams", parameters);
    entry.put("exports", saved.exports().stream().map(DbtSavedQueries::export).toList());
    return entry;
  }

  /** A group-by item, written as a name or in dbt's form {@code TimeDimension('metric_time', 'month')}. */
  private static Map<String, @Nullable Object> groupBy(String text, SemanticModel model) {
    ItemName name = ItemName.parse(text.contains("(") ? plain(text) : text, model);
    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
    entry.put("name", name.base());
    Optional<String> grain = name.grain().map(one -> one.label());
    entry.put("grain", grain.filter(label -> TimeGrain.named(label).isPresent()).map(label -> label.toUpperCase(Locale.ROOT)).orElse(null));
    entry.put("timeGranularity", grain.map(label -> label.toUpperCase(Locale.ROOT)).orElse(null));
    entry.put("datePart", name.part().map(part -> part.name()).orElse(null));
    return entry;
  }

  private static String plain(String text) {
    try {
      if (ExprParser.parse("{{ " + text + " }}", new dev.sextant.model.Position("", 1, 1)) instanceof Expr.Member member) {
        List<String> parts = new ArrayList<>(member.entityPath());
        parts.add(member.name());
        member.grain().ifPresent(parts::add);
        member.part().ifPresent(part -> parts.add("extract_" + part.label()));
        return String.join("__", parts);
      }
      return text;
    } catch (SextantException unreadable) {
      return text;
    }
  }

  private static Map<String, @Nullable Object> export(SavedQuery.Export export) {
    Map<String, @Nullable Object> config = new LinkedHashMap<>();
    config.put("alias", export.alias());
    config.put("schema", export.schema());
    config.put("exportAs", export.kind().name());
    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
    entry.put("name", export.name());
    entry.put("config", config);
    return entry;
  }
}
