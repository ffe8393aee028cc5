// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.training;

import dev.sextant.activation.RunContext;
import dev.sextant.activation.TrainingManifest;
import dev.sextant.activation.run.Hashes;
import dev.sextant.activation.run.ManifestFile;
import dev.sextant.activation.scratch.ScratchFile;
import dev.sextant.activation.scratch.Sql;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.TrainingSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Looks whether an export still is what it was: its files, and what the same question gives today. */
public final class Verification {
  private Verification() {}

  /** What the files of an export are not as its manifest says; none where all are. The rows of Parquet files are read and hashed, too. */
  public static List<String> verify(Path export) {
    TrainingManifest manifest = ManifestFile.read(export);
    List<String> differences = changed(manifest, export);
    if (differences.isEmpty() && manifest.files().stream().allMatch(file -> file.format().equals("parquet"))) {
      content(manifest, export, differences);
    }
    return differences;
  }

  private static void content(TrainingManifest manifest, Path export, List<String> differences) {
    try (ScratchFile tables = ScratchFile.inMemory()) {
      String columns = manifest.columns()
          .stream()
          .map(column -> "cast(" + Sql.name(column.name()) + " as " + column.type() + ") as " + Sql.name(column.name()))
          .collect(Collectors.joining(", "));
      String files = manifest.files()
          .stream()
          .map(file -> Sql.text(export.resolve(file.path()).toString()))
          .collect(Collectors.joining(", ", "[", "]"));
      tables.run("create table " + ExportRows.TABLE + " as select " + columns + " from read_parquet(" + files + ")");
      compare(differences, "the rows of the files", manifest.contentHash(),
          ExportRows.hash(tables, manifest.columns().stream().map(TrainingManifest.Column::name).toList()));
    }
  }

  private static List<String> changed(TrainingManifest manifest, Path export) {
    List<String> differences = new ArrayList<>();
    for (TrainingManifest.FileEntry file : manifest.files()) {
      Path path = export.resolve(file.path());
      try {
        if (!Files.isRegularFile(path)) {
          differences.add(file.path() + " is missing");
        } else if (!Hashes.sha256(path).equals(file.sha256())) {
          differences.add(file.path() + " has other bytes than it was written with");
        }
      } catch (IOException unreadable) {
        differences.add(file.path() + " cannot be read: " + unreadable.getMessage());
      }
    }
    return differences;
  }

  /** Exports again into {@code scratch}, which is removed, and tells what is different from an earlier export; none where nothing is. */
  public static List<String> reproduce(Path export, TrainingSet set, SemanticModel model, Path scratch, Exporting exporting,
      RunContext context) {
    TrainingManifest before = ManifestFile.read(export);
    try {
      Files.createDirectories(scratch);
      try {
        return differences(before, exporting.export(set, model, scratch, context));
      } finally {
        TrainingActivity.delete(scratch);
      }
    } catch (IOException failure) {
      return List.of("the export could not be made again: " + failure.getMessage());
    }
  }

  private static List<String> differences(TrainingManifest before, TrainingManifest now) {
    List<String> differences = new ArrayList<>();
    Map<String, String> definitions = new LinkedHashMap<>();
    before.definition().views().forEach(view -> definitions.put(view.view(), view.sha256()));
    now.definition()
        .views()
        .stream()
        .filter(view -> !Objects.equals(definitions.get(view.view()), view.sha256()))
        .forEach(view -> differences.add("the definition of feature view '" + view.view() + "' has changed"));
    compare(differences, "the spine's rows", before.spine().contentHash(), now.spine().contentHash());
    compare(differences, "the rows", before.contentHash(), now.contentHash());
    if (!differences.isEmpty()) {
      Map<String, TrainingManifest.SourceState> sources = new LinkedHashMap<>();
      before.sources().forEach(source -> sources.put(source.dataset(), source));
      now.sources()
          .stream()
          .filter(source -> !source.equals(sources.get(source.dataset())))
          .forEach(source -> differences.add("dataset '" + source.dataset() + "' has changed: " + source.rows() + " rows, newest "
              + source.newest()));
    }
    return differences;
  }

  private static void compare(List<String> differences, String what, String before, String now) {
    if (!before.equals(now)) {
      differences.add(what + " are not what they were");
    }
  }
}
