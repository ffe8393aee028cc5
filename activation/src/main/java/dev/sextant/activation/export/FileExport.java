// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.export;

import dev.sextant.activation.ActivationIssue;
import dev.sextant.activation.Activity;
import dev.sextant.activation.Basis;
import dev.sextant.activation.DataFlow;
import dev.sextant.activation.Run;
import dev.sextant.activation.RunContext;
import dev.sextant.activation.RunKind;
import dev.sextant.activation.RunReport;
import dev.sextant.activation.RunState;
import dev.sextant.activation.run.SavedQuestions;
import dev.sextant.activation.scratch.ScratchFile;
import dev.sextant.model.Project;
import dev.sextant.model.SavedQuery;
import dev.sextant.model.SavedQuery.Export;
import dev.sextant.query.QueryResult;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A saved query's rows as a Parquet or CSV file in the folder {@code exports.path}. The file of the last run stays until the next is whole. */
final class FileExport implements Activity {
  private static final String FOLDER = "exports.path";

  private final String name;
  private final SavedQuery query;
  private final Export export;
  private final Project project;
  private final SavedQuestions questions;

  FileExport(String name, SavedQuery query, Export export, Project project, SavedQuestions questions) {
    this.name = name;
    this.query = query;
    this.export = export;
    this.project = project;
    this.questions = questions;
  }

  @Override
  public Run.Target target() {
    return new Run.Target(RunKind.EXPORT, name);
  }

  private boolean isParquet() {
    return export.kind() == SavedQuery.ExportKind.PARQUET;
  }

  private Path file() {
    Path folder = project.folder().resolve(project.settings().getOrDefault(FOLDER, "exports")).resolve(export.schema()).normalize();
    Path file = folder.resolve(export.alias() + (isParquet() ? ".parquet" : ".csv")).normalize();
    if (!file.startsWith(folder)) {
      throw ActivationIssue.DESTINATION_CONFIG.because("Export '" + name + "' would be written outside of " + folder + ".");
    }
    return file;
  }

  @Override
  public Optional<Basis> basis() {
    return Files.exists(file()) ? questions.basis(query, export.kind() + " " + file()) : Optional.empty();
  }

  @Override
  public DataFlow flow() {
    return new DataFlow(questions.inputs(query), List.of(new DataFlow.Place("file", file().toString())));
  }

  @Override
  public Outcome perform(RunContext context) {
    Path whole = file();
    Path part = whole.resolveSibling("." + whole.getFileName() + "." + context.runId() + ".part");
    try (ScratchFile scratch = ScratchFile.inMemory(); QueryResult rows = questions.plan(query).run(SavedQuestions.control(context))) {
      Files.createDirectories(whole.resolveSibling(""));
      removeParts(whole);
      long count = scratch.write(part, isParquet() ? "format parquet" : "format csv, header", rows);
      toDisk(part);
      context.check();
      Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      Map<String, Long> counters = new LinkedHashMap<>();
      counters.put("rows", count);
      counters.put("bytes", Files.size(whole));
      return new Outcome(RunState.SUCCEEDED, RunReport.of(counters));
    } catch (IOException failure) {
      throw ActivationIssue.RUN_FAILED.because("Export '" + name + "' cannot write " + whole + ": " + failure.getMessage(), failure);
    } finally {
      part.toFile().delete();
    }
  }

  /** Runs that died leave what they had begun. */
  private static void removeParts(Path whole) throws IOException {
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(whole.resolveSibling(""), "." + whole.getFileName() + ".*.part")) {
      for (Path part : parts) {
        Files.deleteIfExists(part);
      }
    }
  }

  private static void toDisk(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }
}
