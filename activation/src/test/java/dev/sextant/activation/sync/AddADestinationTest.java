// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import dev.sextant.activation.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The page on adding a destination tells what runs. */
class AddADestinationTest {
  private static final String ROWS = "select 1 as customer, 'a@x' as email, 10.50 as revenue union all select 2, 'b@x', 3.00";

  @TempDir private Path folder;

  @Test
  void theClassOfThePageDelivers() throws IOException {
    Syncing syncing = Syncing.of(folder, "json_files", Map.of("path", "out"));
    assertThat(syncing.run(ROWS).state()).isEqualTo(RunState.SUCCEEDED);
    try (Stream<Path> files = Files.list(folder.resolve("out"))) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(1);
      assertThat(Files.readAllLines(all.getFirst())).containsExactlyInAnyOrder(
          "UPSERT [1] {email=a@x, lifetime_value=10.50, source=sextant}", "UPSERT [2] {email=b@x, lifetime_value=3.00, source=sextant}");
    }
  }

  @Test
  void thePageShowsThatClass() throws IOException {
    String source = Files.readString(Path.of("src/test/java/dev/sextant/activation/sync/JsonFiles.java"));
    String page = Files.readString(Path.of("../docs/howto/add-a-destination.md"));
    assertThat(page).contains(source.substring(source.indexOf("// docs\n") + "// docs\n".length()).strip());
  }
}
