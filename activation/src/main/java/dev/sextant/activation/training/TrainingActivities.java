// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.training;

import dev.sextant.activation.Activity;
import dev.sextant.activation.ActivitySource;
import dev.sextant.activation.RunContext;
import dev.sextant.activation.RunKind;
import dev.sextant.activation.run.Hashes;
import dev.sextant.activation.run.ManifestFile;
import dev.sextant.model.FeatureView;
import dev.sextant.model.Project;
import dev.sextant.model.SemanticModel;
import dev.sextant.query.Caller;
import dev.sextant.query.FeatureEngine;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** The training sets of a model, exported on their schedules or when somebody says so. */
public final class TrainingActivities implements ActivitySource {
  private static final Caller OURSELVES = new Caller("sextant", List.of("activation"));

  private final Supplier<SemanticModel> model;
  private final FeatureEngine engine;
  private final BiFunction<FeatureView, SemanticModel, String> definition;
  private final InstantSource clock;

  /** {@code definition} tells all that a view's values follow from. */
  public TrainingActivities(Supplier<SemanticModel> model, FeatureEngine engine, BiFunction<FeatureView, SemanticModel, String> definition,
      InstantSource clock) {
    this.model = model;
    this.engine = engine;
    this.definition = definition;
    this.clock = clock;
  }

  @Override
  public RunKind kind() {
    return RunKind.TRAINING_SET;
  }

  @Override
  public List<Wish> wishes() {
    return model.get().definitions().trainingSets().stream().map(set -> new Wish(set.name(), set.schedule())).toList();
  }

  @Override
  public Optional<Activity> find(String name) {
    SemanticModel current = model.get();
    return current.trainingSet(name)
        .map(set -> new TrainingActivity(set, current, folder(current.project(), name), exporting()));
  }

  /** The folder of a set's exports: below {@code training.path} of the project, {@code training} by default. */
  public static Path folder(Project project, String name) {
    return project.trainingFolder().resolve(name);
  }

  /** Makes an earlier export again and tells what is different; none where nothing is. */
  public List<String> reproduce(Path export, Path scratch, RunContext context) {
    SemanticModel current = model.get();
    String name = ManifestFile.read(export).name();
    return current.trainingSet(name)
        .map(set -> Verification.reproduce(export, set, current, scratch, exporting(), context))
        .orElse(List.of("training set '" + name + "' is not defined any more"));
  }

  private Exporting exporting() {
    return new Exporting(engine, OURSELVES, (view, current) -> Hashes.sha256(definition.apply(view, current)), clock);
  }
}
