// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.load;

import dev.sextant.model.Issues;
import dev.sextant.model.ModelIssue;
import dev.sextant.model.ModelResult;
import dev.sextant.model.NearestNames;
import dev.sextant.model.Position;
import dev.sextant.model.Project;
import dev.sextant.model.build.Draft;
import dev.sextant.model.build.ModelBuilder;
import dev.sextant.model.build.Projects;
import dev.sextant.model.check.ModelChecks;
import dev.sextant.model.yaml.RecordReader;
import dev.sextant.model.yaml.YamlNode;
import dev.sextant.model.yaml.YamlReader;
import dev.sextant.model.yaml.def.FileDef;
import dev.sextant.model.yaml.def.ProjectDef;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a project's folder into a model, or into everything that is wrong with it. */
public final class ModelLoader {
  private static final List<String> OWN_KEYS = List.of("time_zone", "week_starts", "year_starts", "warehouses", "destinations");

  private final Path folder;
  private final Map<String, String> environment;
  private final Issues issues = new Issues();
  private final RecordReader records = new RecordReader(issues);

  private ModelLoader(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = environment;
  }

  /** Reads the project in {@code folder}; {@code environment} gives {@code ${NAME}} in {@code sextant.yml} its values. */
  public static ModelResult load(Path folder, Map<String, String> environment) {
    return new ModelLoader(folder, environment).load();
  }

  private ModelResult load() {
    Optional<ProjectFiles> files = ProjectFiles.find(folder, issues);
    if (files.isEmpty()) {
      return new ModelResult.Invalid(issues.errors());
    }
    Project project = files.get().project().flatMap(this::project).orElseGet(() -> Projects.of(folder));
    List<FileDef> definitions = files.get().definitions().stream().flatMap(file -> definitions(file).stream()).toList();
    Draft draft = ModelBuilder.build(project, definitions, issues);
    ModelChecks.run(draft, issues);
    return issues.isEmpty() ? new ModelResult.Valid(draft.model(), issues.warnings()) : new ModelResult.Invalid(issues.errors());
  }

  private Optional<Project> project(Path file) {
    List<YamlNode> documents = documents(file);
    if (documents.size() > 1) {
      issues.add(ModelIssue.INVALID_YAML, documents.get(1).position(),
          "sextant.yml is one document; put definitions into files of their own");
    }
    return documents.stream()
        .findFirst()
        .map(document -> Environment.substitute(document, environment, issues))
        .flatMap(document -> records.read(ProjectDef.class, document))
        .map(def -> {
          reportMisspelledSections(def);
          return Projects.of(folder, def, issues);
        });
  }

  /** Sections of the server's parts are not known here, but what looks like one of the project's own keys was meant to be it. */
  private void reportMisspelledSections(ProjectDef def) {
    if (def.settings() instanceof YamlNode.Mapping sections) {
      for (YamlNode.Entry section : sections.entries()) {
        String key = section.key().text();
        if (!NearestNames.to(key, OWN_KEYS).isEmpty()) {
          issues.unknown(ModelIssue.UNKNOWN_KEY, section.key().position(), "the key '" + key + "' is not known in sextant.yml.", key,
              OWN_KEYS);
        }
      }
    }
  }

  private List<FileDef> definitions(Path file) {
    List<FileDef> definitions = new ArrayList<>();
    for (YamlNode document : documents(file)) {
      boolean isEmpty = document instanceof YamlNode.Scalar scalar && scalar.isNull();
      if (!isEmpty) {
        records.read(FileDef.class, document).ifPresent(definitions::add);
      }
    }
    return definitions;
  }

  private List<YamlNode> documents(Path file) {
    String name = ProjectFiles.name(folder, file);
    try {
      return YamlReader.read(name, ProjectFiles.text(file), issues);
    } catch (IOException e) {
      issues.add(ModelIssue.UNREADABLE_FILE, new Position(name, 1, 1),
          e instanceof CharacterCodingException ? "the file has bytes that are not UTF-8. Save it in UTF-8."
              : "the file cannot be read: " + e.getMessage());
      return List.of();
    }
  }
}
