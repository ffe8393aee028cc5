// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import dev.sextant.activation.ActivationIssue;
import dev.sextant.activation.RunState;
import dev.sextant.model.SextantException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class FileDestinationTest {
  private static final String ROWS = "select 1 as customer, 'a, \"b\"' as email, 10.50 as revenue union all select 2, null, null";

  @TempDir private Path folder;

  @Test
  void changesOfARunBecomeAFileWithTextsAndNumbersAsTheyAre() throws IOException {
    assertThat(Syncing.of(folder, "csv", Map.of("path", "out")).run(ROWS).state()).isEqualTo(RunState.SUCCEEDED);
    List<Path> files = files();
    assertThat(files).hasSize(1);
    assertThat(Files.readAllLines(files.getFirst())).containsExactlyInAnyOrder("op,customer,email,lifetime_value,source",
        "upsert,1,\"a, \"\"b\"\"\",10.50,sextant", "upsert,2,,,sextant");
  }

  @Test
  void anUnchangedRunWritesNoFile() throws IOException {
    Syncing syncing = Syncing.of(folder, "parquet", Map.of("path", "out"));
    syncing.run(ROWS);
    syncing.run(ROWS);
    assertThat(files()).hasSize(1).allMatch(file -> file.toString().endsWith(".parquet"));
  }

  @Test
  void aFolderThatCannotBeWrittenEndsTheRunAndTheNextOneWritesAll() throws IOException {
    Path taken = Files.writeString(folder.resolve("out"), "a file, not a folder");
    Syncing syncing = Syncing.of(folder, "csv", Map.of("path", "out"));
    SextantException failure = catchThrowableOfType(SextantException.class, () -> syncing.run(ROWS));
    assertThat(failure.issue().code()).isEqualTo(ActivationIssue.DESTINATION_REFUSED);
    assertThat(failure).hasMessageContaining("out").hasMessageContaining("cannot be written");
    Files.delete(taken);
    assertThat(syncing.run(ROWS).report().counters()).containsEntry("resumed", 2L);
    assertThat(files()).hasSize(1);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("out").resolve("contacts"))) {
      return files.toList();
    }
  }
}
