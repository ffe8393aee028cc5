// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.build;

import dev.sextant.model.ModelIssue;
import dev.sextant.model.TrainingSet;
import dev.sextant.model.yaml.Flattener;
import dev.sextant.model.yaml.Located;
import dev.sextant.model.yaml.YamlNode;
import dev.sextant.model.yaml.def.TrainingSetDef;
import dev.sextant.model.yaml.def.TrainingSetDef.SpineDef;
import dev.sextant.model.yaml.def.TrainingSetDef.SplitDef;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Builds training sets. */
final class TrainingSets {
  private static final List<String> SPLITS = List.of("time", "random");

  private final Scope scope;
  private final Sources sources;

  TrainingSets(Scope scope, Sources sources) {
    this.scope = scope;
    this.sources = sources;
  }

  TrainingSet build(TrainingSetDef def) {
    SpineDef spine = def.spine();
    TrainingSet.Spine rows = new TrainingSet.Spine(sources.source(spine.source(), spine.at().position(), "a spine"),
        scope.warehouse(spine.source().warehouse()), Scope.names(spine.entity()),
        spine.at().value(), spine.label().map(Located::value));
    TrainingSet set = new TrainingSet(Scope.name(def.name()), rows, Scope.names(def.features()), def.split().flatMap(this::split),
        checks(def.checks()),
        def.format().map(format -> format.value().toLowerCase(Locale.ROOT)).orElse("parquet"), Syncs.schedule(def.schedule()),
        Syncs.schedule(def.drift()), Documentations.of(def.documentation()),
        def.name().position());
    scope.places().put(set, "features", def.features());
    scope.places().put(set, "entity", spine.entity());
    return set;
  }

  private Optional<TrainingSet.Split> split(SplitDef def) {
    String by = Scope.name(def.by());
    if (!SPLITS.contains(by)) {
      scope.issues()
          .unknown(ModelIssue.INVALID_VALUE, def.by().position(), "rows are split by time or random, not '" + by + "'.", by, SPLITS);
    }
    return Optional.of(new TrainingSet.Split(by, def.trainUntil().flatMap(this::date), def.validateUntil().flatMap(this::date),
        Flattener.flatten(def.settings())));
  }

  private Optional<LocalDate> date(Located<String> written) {
    try {
      return Optional.of(LocalDate.parse(written.value().strip()));
    } catch (DateTimeException e) {
      scope.issues().add(ModelIssue.INVALID_VALUE, written.position(), "a date is written 2026-01-31, not '" + written.value() + "'");
      return Optional.empty();
    }
  }

  private List<TrainingSet.Check> checks(YamlNode written) {
    return switch (written) {
      case YamlNode.Sequence list -> list.items().stream().flatMap(item -> checks(item).stream()).toList();
      case YamlNode.Scalar name -> List.of(new TrainingSet.Check(name.text().toLowerCase(Locale.ROOT), Collections.emptyMap()));
      case YamlNode.Mapping named -> named.entries()
          .stream()
          .map(entry -> new TrainingSet.Check(entry.key().text().toLowerCase(Locale.ROOT), settings(entry.value())))
          .toList();
    };
  }

  private static Map<String, String> settings(YamlNode value) {
    Map<String, String> flat = Flattener.flatten(value);
    String text = flat.get("");
    return text == null ? flat : Collections.singletonMap(value instanceof YamlNode.Sequence ? "columns" : "value", text);
  }
}
