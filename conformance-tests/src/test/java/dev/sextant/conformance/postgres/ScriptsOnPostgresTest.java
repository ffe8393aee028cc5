// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.postgres;

import dev.sextant.conformance.door.ProjectFolders;
import dev.sextant.conformance.script.QueryText;
import dev.sextant.conformance.script.Script;
import dev.sextant.conformance.script.ScriptFiles;
import dev.sextant.conformance.script.ScriptParser;
import dev.sextant.query.MetricQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** The metric queries of the scripts, with the tables in PostgreSQL: the same answers as in DuckDB, which the scripts hold to their oracles. */
class ScriptsOnPostgresTest {
  private static PostgresProjects projects;

  @BeforeAll
  static void open() throws IOException {
    projects = new PostgresProjects();
  }

  @AfterAll
  static void close() throws Exception {
    projects.close();
  }

  @TestFactory
  Stream<DynamicTest> everyScriptHasTheSameAnswers() {
    return ScriptFiles.find("suites/")
        .stream()
        .filter(file -> file.toString().contains(System.getProperty("scripts", "")))
        .map(file -> DynamicTest
            .dynamicTest(ScriptFiles.name(file),
                () -> assertThat(differences(ScriptParser.parse(ScriptFiles.name(file), Files.readString(file)))).isEmpty()));
  }

  private static List<String> differences(Script script) throws IOException, SQLException {
    List<String> differences = new ArrayList<>();
    String project = "";
    for (Script.Part part : script.parts()) {
      switch (part) {
        case Script.Prose prose -> {}
        case Script.Use use -> project = use.project();
        case Script.Ask ask -> {
          String text = String.join("\n", ask.text());
          if (text.startsWith("query") && !isLarge(project)) {
            difference(QueryText.parse(text), project, text, differences);
          }
        }
      }
    }
    return differences;
  }

  /** Questions about the examples are left to the random ones. */
  private static boolean isLarge(String project) {
    return ProjectFolders.find(project).startsWith("../examples");
  }

  private static void difference(MetricQuery query, String project, String text, List<String> differences)
      throws IOException, SQLException {
    PostgresProjects.Twins twins = projects.twins(ProjectFolders.find(project).toAbsolutePath().normalize());
    AnswerDifference.between(twins.duckdb().ask(query), twins.postgres().ask(query), !query.orderBy().isEmpty())
        .ifPresent(difference -> differences.add(text + "\n  " + difference));
  }

}
