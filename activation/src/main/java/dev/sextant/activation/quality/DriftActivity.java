// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.quality;

import dev.sextant.activation.ActivationIssue;
import dev.sextant.activation.Activity;
import dev.sextant.activation.Run;
import dev.sextant.activation.RunContext;
import dev.sextant.activation.RunKind;
import dev.sextant.activation.RunReport;
import dev.sextant.activation.RunState;
import dev.sextant.activation.TrainingManifest;
import dev.sextant.activation.run.ManifestFile;
import dev.sextant.activation.run.SavedQuestions;
import dev.sextant.activation.scratch.ArrowFile;
import dev.sextant.activation.scratch.ScratchFile;
import dev.sextant.activation.scratch.Sql;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.TrainingSet;
import dev.sextant.query.Caller;
import dev.sextant.query.FeatureEngine;
import dev.sextant.query.FeatureQuery;
import dev.sextant.query.QueryResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares features as of now with the newest export of a training set: the same features of the same keys, in the bins of its manifest. Writes
 * {@code drift.html} beside the exports; where anything drifts the run fails, so that whoever is told of failures is told of it.
 */
public final class DriftActivity implements Activity {
  private static final Caller OURSELVES = new Caller("sextant", List.of("activation"));
  private static final String NOW = "now_rows";
  private static final String REPORT = "drift.html";

  private final TrainingSet set;
  private final SemanticModel model;
  private final Path exports;
  private final FeatureEngine engine;
  private final InstantSource clock;

  public DriftActivity(TrainingSet set, SemanticModel model, Path exports, FeatureEngine engine, InstantSource clock) {
    this.set = set;
    this.model = model;
    this.exports = exports;
    this.engine = engine;
    this.clock = clock;
  }

  @Override
  public Run.Target target() {
    return new Run.Target(RunKind.DRIFT, set.name());
  }

  @Override
  public Outcome perform(RunContext context) {
    Path export = ManifestFile.latest(exports);
    TrainingManifest manifest = ManifestFile.read(export);
    Instant now = clock.instant();
    List<FeatureDrift> features = features(export, manifest, now, context);
    write(DriftReport.html(set.name(), manifest.datasetId(), now.toString(), features));
    List<FeatureDrift> drifted = features.stream().filter(FeatureDrift::isDrift).toList();
    Map<String, Long> counters = new LinkedHashMap<>();
    counters.put("features", (long) features.size());
    counters.put("drifted", (long) drifted.size());
    counters.put("too_few", features.stream().filter(feature -> !feature.enough()).count());
    RunReport report = RunReport.of(counters);
    context.progress(report);
    if (!drifted.isEmpty()) {
      throw ActivationIssue.DRIFT.because("Features of training set '" + set.name() + "' are not what they were: "
          + drifted.stream().map(FeatureDrift::feature).collect(Collectors.joining(", ")) + ". See " + exports.resolve(REPORT) + ".");
    }
    return new Outcome(RunState.SUCCEEDED, report);
  }

  private List<FeatureDrift> features(Path export, TrainingManifest manifest, Instant now, RunContext context) {
    Path folder = scratch();
    try (ScratchFile tables = ScratchFile.ofExport(folder.resolve("rows.duckdb"))) {
      FeatureQuery query = new FeatureQuery(FeatureQuery.asked(set.features(), model), set.spine().entities(),
          new FeatureQuery.Spine.EveryKey(now));
      try (QueryResult answer = engine.run(query, OURSELVES, SavedQuestions.control(context))) {
        tables.load("answered", "*", answer);
      }
      keepKeysOf(tables, export, manifest);
      Bins bins = new Bins(tables, NOW);
      return manifest.columns()
          .stream()
          .filter(column -> column.role().equals("feature"))
          .flatMap(column -> bins.drift(column).stream())
          .toList();
    } finally {
      delete(folder);
    }
  }

  /** Keys that were not exported are another population, which is not what is asked about. */
  private static void keepKeysOf(ScratchFile tables, Path export, TrainingManifest manifest) {
    List<String> keys = manifest.spine().keys();
    String columns = keys.stream().map(Sql::name).collect(Collectors.joining(", "));
    List<String> parts = new ArrayList<>();
    for (TrainingManifest.FileEntry file : manifest.files()) {
      Path path = export.resolve(file.path());
      if (file.format().equals("arrow")) {
        String part = "part" + parts.size();
        ArrowFile.load(tables, part, path);
        parts.add("select " + columns + " from " + part);
      } else {
        parts.add("select " + columns + " from read_parquet(" + Sql.text(path.toString()) + ")");
      }
    }
    tables.run(
        "create table " + NOW + " as select answered.* from answered semi join (" + String.join(" union all ", parts) + ") exported using ("
            + columns + ")");
  }

  private Path scratch() {
    try {
      return Files.createTempDirectory(exports, ".drift-");
    } catch (IOException failure) {
      throw unwritable(failure);
    }
  }

  private void write(String page) {
    try {
      Path beside = Files.writeString(exports.resolve("." + REPORT), page);
      Files.move(beside, exports.resolve(REPORT), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failure) {
      throw unwritable(failure);
    }
  }

  private void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException failure) {
      throw unwritable(failure);
    }
  }

  private RuntimeException unwritable(IOException failure) {
    return ActivationIssue.RUN_STORE.because("Nothing can be written into " + exports + ": " + failure.getMessage(), failure);
  }
}
