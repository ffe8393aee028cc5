// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.load;

import dev.sextant.model.yaml.FieldTables;
import dev.sextant.model.yaml.def.FileDef;
import dev.sextant.model.yaml.def.ProjectDef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Keeps the pages in docs/format what the code says; {@code -Daccept} rewrites them. */
class DocsAreCurrentTest {
  private static final Path DOCS = Path.of("../docs/format");
  private static final Pattern TABLE = Pattern.compile("<!-- fields (\\w+) -->\n(?:\n\\|(?:.*\n)+?(?=\n|\\z))?");
  private static final Pattern EXAMPLE = Pattern.compile("```yaml(.*)\n([\\s\\S]*?)```");

  private static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.list(DOCS)) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    }
  }

  private static Map<String, Class<? extends Record>> records() {
    Map<String, Class<? extends Record>> byName = new LinkedHashMap<>();
    Stream.of(FileDef.class, ProjectDef.class)
        .flatMap(type -> FieldTables.reachable(type).stream())
        .forEach(type -> byName.merge(type.getSimpleName(), type, (a, b) -> {
          assertThat(a).as("two records of this name").isEqualTo(b);
          return a;
        }));
    return byName;
  }

  private static void check(Path file, String current) throws IOException {
    if (System.getProperty("accept") != null) {
      Files.writeString(file, current);
    }
    assertThat(Files.readString(file)).as(file + " is not what the code says; run with -Daccept").isEqualTo(current);
  }

  @Test
  void tablesOfKeysAreCurrent() throws IOException {
    Map<String, Class<? extends Record>> records = records();
    for (Path page : pages()) {
      String current = TABLE.matcher(Files.readString(page)).replaceAll(marker -> {
        Class<? extends Record> type = Objects.requireNonNull(records.get(marker.group(1)), marker.group(1));
        return Matcher.quoteReplacement("<!-- fields " + marker.group(1) + " -->\n\n" + FieldTables.table(type));
      });
      check(page, current);
    }
  }

  @Test
  void everyRecordIsDescribedSomewhere() throws IOException {
    StringBuilder all = new StringBuilder();
    for (Path page : pages()) {
      all.append(Files.readString(page));
    }
    List<String> inline = List.of("SourceDef", "AggregationDef");
    assertThat(records().keySet().stream().filter(name -> !inline.contains(name)))
        .allSatisfy(name -> assertThat(all).contains("<!-- fields " + name + " -->"));
  }

  @Test
  void schemasAreCurrent() throws IOException {
    check(DOCS.resolve("definitions.schema.json"), ModelSchema.definitions());
    check(DOCS.resolve("project.schema.json"), ModelSchema.project());
  }

  @Test
  void allExamplesTogetherMakeAValidProject() throws IOException {
    TestProject project = new TestProject().variable("CRM_USER", "u").variable("CRM_PASSWORD", "p").variable("HUBSPOT_TOKEN", "t");
    int examples = 0;
    for (Path page : pages()) {
      Matcher example = EXAMPLE.matcher(Files.readString(page));
      while (example.find()) {
        String name = example.group(1).strip();
        examples++;
        project.file(name.isEmpty() ? "models/" + page.getFileName() + "-" + examples + ".yml" : name, example.group(2));
      }
    }
    assertThat(examples).isGreaterThan(8);
    assertThat(project.issues()).isEmpty();
    assertThat(project.warnings()).isEmpty();
  }
}
