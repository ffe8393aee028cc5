// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.training;

import dev.sextant.activation.RunContext;
import dev.sextant.activation.TrainingManifest;
import dev.sextant.activation.run.Hashes;
import dev.sextant.activation.run.ManifestFile;
import dev.sextant.activation.scratch.ScratchFile;
import dev.sextant.model.FeatureView;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.TrainingSet;
import dev.sextant.query.Caller;
import dev.sextant.query.FeatureEngine;
import dev.sextant.query.FeatureQuery;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.QueryResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the files and the manifest of an export. {@code definition} gives the hash of all that a view's values follow from. */
public record Exporting(FeatureEngine engine, Caller caller, BiFunction<FeatureView, SemanticModel, String> definition,
    InstantSource clock) {
  private static final String TABLES = "rows.duckdb";

  /** Fills a folder; nothing else is in it when this returns. */
  TrainingManifest export(TrainingSet set, SemanticModel model, Path folder, RunContext context) throws IOException {
    Layout layout = Layout.of(set, model);
    Splits splits = Splits.of(set, layout.keys());
    QueryControl control = QueryControl.unlimited("run-" + context.runId());
    context.onStop(() -> control.stop(QueryIssue.CANCELLED));
    TrainingManifest manifest;
    try (ScratchFile tables = ScratchFile.ofExport(folder.resolve(TABLES))) {
      ExportRows rows;
      String sql;
      try (QueryResult answer = engine.run(layout.query(), caller, control)) {
        sql = answer.facts().statements().stream().map(statement -> statement.sql()).collect(Collectors.joining(";\n"));
        rows = ExportRows.load(tables, answer, layout, splits);
      }
      context.check();
      manifest = manifest(layout, model, rows, splits, sql, folder, context);
    }
    try (Stream<Path> all = Files.list(folder)) {
      for (Path left : all.filter(path -> path.getFileName().toString().startsWith(TABLES)).toList()) {
        Files.deleteIfExists(left);
      }
    }
    ManifestFile.write(manifest, folder);
    return manifest;
  }

  private TrainingManifest manifest(Layout layout, SemanticModel model, ExportRows rows, Splits splits, String sql, Path folder,
      RunContext context) throws IOException {
    Map<String, Long> counts = rows.bySplit();
    GitState git = GitState.of(model.project().folder());
    List<TrainingManifest.View> views = layout.query()
        .views()
        .stream()
        .map(asked -> new TrainingManifest.View(asked.view().name(), definition.apply(asked.view(), model), asked.features()))
        .toList();
    return ManifestFile.identified(new TrainingManifest(1, "", layout.set().name(),
        new TrainingManifest.Made(clock.instant().toString(), context.runId()),
        new TrainingManifest.Definition(git.commit(), git.dirty(), views), spine(layout, rows), sources(layout.query()),
        new TrainingManifest.Semantics("(instant - length, instant] on event time",
            "rows created by the instant, the newest known version of each row key, where a dataset names created_time",
            "latest event time, then latest created time, then row key", model.calendar().zone().getId(), sql, Hashes.sha256(sql)),
        new TrainingManifest.Split(splits.by(), splits.settings(), counts), rows.hash(List.copyOf(rows.types().keySet())),
        ExportFiles.write(rows, counts, folder), new Profiles(rows, splits.names().stream().filter(counts::containsKey).toList()).columns(),
        new Checks(rows, splits).run(layout.set().checks())));
  }

  private TrainingManifest.Spine spine(Layout layout, ExportRows rows) {
    List<String> identity = Stream.concat(layout.keys().stream(), Stream.of(FeatureQuery.AT)).toList();
    List<String> labelled = Stream.concat(identity.stream(), layout.label().stream()).toList();
    String at = "\"" + FeatureQuery.AT + "\"";
    return new TrainingManifest.Spine(layout.set().spine().source().toString(), layout.set().spine().warehouse(), layout.keys(),
        layout.set().spine().at(), layout.label().orElse(""), rows.rows(), rows.distinct(identity), rows.hash(labelled),
        rows.tables().text("select cast(min(" + at + ") as varchar) from " + ExportRows.TABLE).orElse(""),
        rows.tables().text("select cast(max(" + at + ") as varchar) from " + ExportRows.TABLE).orElse(""));
  }

  private List<TrainingManifest.SourceState> sources(FeatureQuery query) {
    return engine.sources(query, caller)
        .stream()
        .map(source -> new TrainingManifest.SourceState(source.dataset(), source.source(), source.rows(), source.newest().orElse(""),
            source.knownTimes(), "best_effort"))
        .toList();
  }
}
