// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.training;

import dev.sextant.activation.ActivationIssue;
import dev.sextant.activation.Activity;
import dev.sextant.activation.Run;
import dev.sextant.activation.RunContext;
import dev.sextant.activation.RunKind;
import dev.sextant.activation.RunReport;
import dev.sextant.activation.RunState;
import dev.sextant.activation.TrainingManifest;
import dev.sextant.activation.TrainingManifest.CheckResult;
import dev.sextant.activation.run.ManifestFile;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.TrainingSet;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Exports a training set into a folder named after its id. Everything is written beside and moved there last, so that a folder of that kind is whole
 * or is not there; the same rows and definitions end in the same folder.
 */
public final class TrainingActivity implements Activity {
  private static final String UNFINISHED = ".unfinished-";
  private static final int ID_LENGTH = 16;

  private final TrainingSet set;
  private final SemanticModel model;
  private final Path folder;
  private final Exporting exporting;

  /** {@code folder} is the one of all the set's exports. */
  public TrainingActivity(TrainingSet set, SemanticModel model, Path folder, Exporting exporting) {
    this.set = set;
    this.model = model;
    this.folder = folder;
    this.exporting = exporting;
  }

  @Override
  public Run.Target target() {
    return new Run.Target(RunKind.TRAINING_SET, set.name());
  }

  @Override
  public Outcome perform(RunContext context) {
    try {
      Files.createDirectories(folder);
      sweep();
      Path beside = Files.createDirectories(folder.resolve(UNFINISHED + context.runId()));
      TrainingManifest manifest = exporting.export(set, model, beside, context);
      List<CheckResult> failed = manifest.checks().stream().filter(check -> !check.passed() && check.severity().equals("error")).toList();
      if (!failed.isEmpty()) {
        delete(beside);
        throw ActivationIssue.CHECK_FAILED.because("Training set '" + set.name() + "' was not published: " + failed.stream()
            .map(check -> check.check() + (check.column().isEmpty() ? "" : " of " + check.column()) + ": " + check.found())
            .collect(Collectors.joining("; ")) + ".");
      }
      context.check();
      publish(beside, manifest);
      Map<String, Long> counters = new LinkedHashMap<>();
      counters.put("rows", manifest.spine().rows());
      manifest.split().rows().forEach((split, count) -> counters.put(split + "_rows", count));
      counters.put("files", (long) manifest.files().size());
      counters.put("checks", (long) manifest.checks().size());
      return new Outcome(RunState.SUCCEEDED, RunReport.of(counters));
    } catch (IOException failure) {
      throw ActivationIssue.RUN_STORE.because("The export of training set '" + set.name() + "' cannot be written into " + folder + ": "
          + failure.getMessage(), failure);
    }
  }

  /** Removes what killed runs left. */
  private void sweep() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      for (Path left : all.filter(path -> path.getFileName().toString().startsWith(UNFINISHED)).toList()) {
        delete(left);
      }
    }
  }

  /** Deletes a folder with all that is in it. */
  static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  private void publish(Path beside, TrainingManifest manifest) throws IOException {
    String name = manifest.datasetId().substring(0, ID_LENGTH);
    Path place = folder.resolve(name);
    ExportFiles.flush(beside.resolve(TrainingManifest.FILE));
    ExportFiles.flush(beside);
    if (Files.exists(place)) {
      delete(beside);
    } else {
      move(beside, place);
    }
    ExportFiles.flush(folder);
    Path pointer = Files.writeString(folder.resolve(UNFINISHED + ManifestFile.LATEST), name + "\n");
    ExportFiles.flush(pointer);
    Files.move(pointer, folder.resolve(ManifestFile.LATEST), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void move(Path beside, Path place) throws IOException {
    try {
      Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException | FileAlreadyExistsException refused) {
      throw new IOException(place + " cannot be put in place as a whole: " + refused.getMessage(), refused);
    }
  }
}
