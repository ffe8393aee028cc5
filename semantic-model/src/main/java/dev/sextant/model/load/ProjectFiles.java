// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.load;

import dev.sextant.model.Issues;
import dev.sextant.model.ModelIssue;
import dev.sextant.model.Position;
import dev.sextant.model.yaml.YamlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of a project: {@code sextant.yml}, everything below {@code models}, and a compiled {@code semantic_manifest.json}. */
record ProjectFiles(Optional<Path> project, List<Path> definitions) {
  /** JSON may escape slashes, YAML must not. */
  private static final Pattern ESCAPED_SLASH = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*+)\\\\/");
  private static final String PROJECT = "sextant.yml";
  private static final String MODELS = "models";
  private static final List<String> MANIFESTS = List.of("semantic_manifest.json", "target/semantic_manifest.json");

  /** The files of a folder, in the order of their names; empty, with an issue, where it is no project. */
  static Optional<ProjectFiles> find(Path folder, Issues issues) {
    Optional<Path> project = Stream.of(PROJECT, "sextant.yaml").map(folder::resolve).filter(Files::isRegularFile).findFirst();
    Optional<Path> manifest = MANIFESTS.stream().map(folder::resolve).filter(Files::isRegularFile).findFirst();
    if (project.isEmpty() && manifest.isEmpty()) {
      issues.add(ModelIssue.NOT_A_PROJECT, new Position(folder.toString(), 0, 0), Files.isDirectory(folder)
          ? "this folder is no project: it has neither sextant.yml nor semantic_manifest.json"
          : "there is no such folder");
      return Optional.empty();
    }
    List<Path> models = models(folder, issues);
    List<Path> definitions = new ArrayList<>(models);
    manifest.filter(file -> models.isEmpty()).ifPresent(definitions::add);
    return Optional.of(new ProjectFiles(project, definitions));
  }

  private static List<Path> models(Path folder, Issues issues) {
    Path models = folder.resolve(MODELS);
    if (!Files.isDirectory(models)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(models)) {
      return files.filter(ProjectFiles::isDefinition).sorted().toList();
    } catch (IOException e) {
      issues.add(ModelIssue.UNREADABLE_FILE, new Position(MODELS, 0, 0), "the folder cannot be read: " + e.getMessage());
      return List.of();
    }
  }

  private static boolean isDefinition(Path file) {
    String name = file.getFileName().toString();
    return Files.isRegularFile(file) && (name.endsWith(".yml") || name.endsWith(".yaml") || name.equals("semantic_manifest.json"));
  }

  /** The file's name in messages: relative to the folder, with slashes. */
  static String name(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  static String text(Path file) throws IOException {
    if (Files.size(file) > 4L * YamlReader.MOST_CHARACTERS) {
      throw new IOException("it has more than " + 4L * YamlReader.MOST_CHARACTERS + " bytes");
    }
    String text = Files.readString(file, StandardCharsets.UTF_8);
    return file.toString().endsWith(".json") ? ESCAPED_SLASH.matcher(text).replaceAll("$1/") : text;
  }
}
