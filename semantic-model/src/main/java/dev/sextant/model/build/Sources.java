// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.build;

import dev.sextant.model.ModelIssue;
import dev.sextant.model.Position;
import dev.sextant.model.Source;
import dev.sextant.model.yaml.Located;
import dev.sextant.model.yaml.def.SourceDef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Builds where rows come from. */
final class Sources {
  private static final Pattern REF = Pattern
      .compile("(?:\\{\\{)?\\s*ref\\s*\\(\\s*(?:(['\"])[^'\"]+\\1\\s*,\\s*)?(['\"])([^'\"]+)\\2\\s*(?:,[^)]*)?\\)\\s*(?:\\}\\})?");
  private static final Pattern PART = Pattern.compile("\"((?:[^\"]|\"\")+)\"|([^\".\\s]+)");

  private final Scope scope;

  Sources(Scope scope) {
    this.scope = scope;
  }

  /** The source of what stands at {@code owner}; {@code what} names it in messages. */
  Source source(SourceDef def, Position owner, String what) {
    List<Source> given = Stream.of(def.nodeRelation().map(Sources::relation), def.table().map(this::table),
        def.sql().<Source>map(sql -> new Source.Query(sql.value().strip())), def.model().map(this::model))
        .flatMap(Optional::stream)
        .toList();
    if (given.size() != 1) {
      scope.issues()
          .add(given.isEmpty() ? ModelIssue.MISSING_KEY : ModelIssue.CONFLICTING_KEYS, owner,
              what + " needs exactly one of node_relation, table, sql and model" + (given.isEmpty() ? "" : "; it has " + given.size()));
    }
    return given.isEmpty() ? new Source.Table(Optional.empty(), Optional.empty(), what) : given.getFirst();
  }

  private static Source relation(SourceDef.NodeRelation relation) {
    return new Source.Table(text(relation.database()), text(relation.schemaName()), relation.alias().value());
  }

  private static Optional<String> text(Optional<Located<String>> written) {
    return written.map(Located::value).filter(text -> !text.isBlank());
  }

  Source table(Located<String> written) {
    List<String> parts = new ArrayList<>();
    Matcher matcher = PART.matcher(written.value());
    int end = 0;
    boolean wellFormed = true;
    while (matcher.find()) {
      String between = written.value().substring(end, matcher.start()).strip();
      wellFormed &= between.equals(parts.isEmpty() ? "" : ".");
      parts.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1).replace("\"\"", "\""));
      end = matcher.end();
    }
    if (!wellFormed || parts.isEmpty() || parts.size() > 3 || !written.value().substring(end).isBlank()) {
      scope.issues()
          .add(ModelIssue.INVALID_VALUE, written.position(),
              "a table is written name, schema.name or database.schema.name; found '" + written.value() + "'");
      return new Source.Table(Optional.empty(), Optional.empty(), written.value());
    }
    int size = parts.size();
    return new Source.Table(size == 3 ? Optional.of(parts.getFirst()) : Optional.empty(),
        size >= 2 ? Optional.of(parts.get(size - 2)) : Optional.empty(), parts.getLast());
  }

  private Source model(Located<String> written) {
    Matcher matcher = REF.matcher(written.value());
    if (!matcher.matches()) {
      scope.issues()
          .add(ModelIssue.INVALID_VALUE, written.position(), "a dbt model is written ref('name'); found '" + written.value() + "'");
      return new Source.Table(Optional.empty(), Optional.empty(), written.value());
    }
    return new Source.Table(Optional.empty(), Optional.empty(), matcher.group(3));
  }
}
