// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The demo makes its own data and every question of it has an answer. */
class DemoCommandTest {
  private static final Path EXAMPLES = Path.of("../examples");
  private static final String SCRIPT = "src/main/resources/dev/sextant/examples/retail/tables.sql";

  @TempDir private Path folder;

  @Test
  void itMakesItsDataAndAnswersAllQuestions() throws IOException {
    copy(Path.of("retail/sextant.yml"));
    copy(Path.of(SCRIPT));
    try (Stream<Path> models = Files.list(EXAMPLES.resolve("retail/models"))) {
      for (Path model : models.toList()) {
        copy(Path.of("retail/models").resolve(model.getFileName()));
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    int code;
    try {
      code = SextantCommand.commandLine().execute("demo", folder.resolve("retail").toString());
    } finally {
      System.setOut(before);
    }
    String out = bytes.toString(StandardCharsets.UTF_8);
    assertThat(code).as(out).isZero();
    assertThat(out).startsWith("Making the data").contains("1. ", "6. ", " rows, ", "-- plan", "SELECT", "curl");
    assertThat(folder.resolve("retail/data/orders.parquet")).exists();
  }

  private void copy(Path file) throws IOException {
    Files.createDirectories(folder.resolve(file).getParent());
    Files.copy(EXAMPLES.resolve(file), folder.resolve(file));
  }
}
