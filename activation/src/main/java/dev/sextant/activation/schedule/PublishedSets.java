// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.schedule;

import dev.sextant.activation.ActivationIssue;
import dev.sextant.activation.feature.DefinitionText;
import dev.sextant.activation.run.ManifestFile;
import dev.sextant.activation.run.UnfollowedRun;
import dev.sextant.activation.training.TrainingActivities;
import dev.sextant.activation.training.Verification;
import dev.sextant.model.NearestNames;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.TrainingSet;
import dev.sextant.query.FeatureEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Exports of training sets, looked at again. */
public record PublishedSets(Supplier<SemanticModel> model, FeatureEngine engine, InstantSource clock) {

  /** The folder of an export of a set: the newest, or the one of an id. */
  public Path export(String set, Optional<String> id) {
    SemanticModel current = model.get();
    if (current.trainingSet(set).isEmpty()) {
      List<String> near = NearestNames.to(set, current.definitions().trainingSets().stream().map(TrainingSet::name).toList());
      throw ActivationIssue.UNKNOWN_ACTIVATION.because("training set '" + set + "' is not defined." + NearestNames.question(near));
    }
    Path exports = TrainingActivities.folder(current.project(), set);
    return id.map(exports::resolve).orElseGet(() -> ManifestFile.latest(exports));
  }

  /** What the files of an export are not as its manifest says; none where all are. */
  public List<String> verify(Path export) {
    return Verification.verify(export);
  }

  /** What the same question gives today that is not in an export; none where all is the same. */
  public List<String> reproduce(Path export) {
    try {
      Path scratch = Files.createTempDirectory("sextant-reproduce");
      return new TrainingActivities(model, engine, DefinitionText::of, clock).reproduce(export, scratch, new UnfollowedRun());
    } catch (IOException failure) {
      throw ActivationIssue.RUN_STORE.because("There is no place to export again: " + failure.getMessage(), failure);
    }
  }
}
