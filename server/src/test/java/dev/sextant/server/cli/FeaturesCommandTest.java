// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cli;

import dev.sextant.activation.TrainingManifest;
import dev.sextant.server.features.DriversProject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Features and training sets on the command line. */
class FeaturesCommandTest {

  @TempDir private Path folder;

  private String out = "";

  @BeforeEach
  void write() throws IOException {
    DriversProject.write(folder, "");
  }

  private int run(String... arguments) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      return SextantCommand.commandLine()
          .setErr(new PrintWriter(bytes, true, StandardCharsets.UTF_8))
          .execute(Stream.of(arguments).map(each -> each.equals("PROJECT") ? folder.toString() : each).toArray(String[]::new));
    } finally {
      System.setOut(before);
      out = bytes.toString(StandardCharsets.UTF_8);
    }
  }

  @Test
  void viewsAndStoredKeysAreShown() {
    assertThat(run("features", "PROJECT")).isZero();
    assertThat(out).contains("activity", "trips_7d, fares_30d, name, twice", "offline").endsWith("4 rows\n");
    assertThat(run("features", "PROJECT", "activity", "--key", "driver=1")).isEqualTo(1);
    assertThat(out).startsWith("ONLINE_STORE: ");
    assertThat(folder.resolve(".sextant/online")).as("looking makes no store").doesNotExist();

    assertThat(run("run", "PROJECT", "feature-view", "activity")).isZero();
    assertThat(run("run", "PROJECT", "feature-view", "places")).isZero();
    assertThat(run("features", "PROJECT", "activity", "--key", "driver=1", "--key", "{\"driver\": 77}", "--features", "trips_7d,name"))
        .isZero();
    assertThat(out.lines().skip(2).map(line -> line.replaceAll("\\s{2,}", " ").replaceAll("\\d{4}-\\S+Z", "T").strip()))
        .containsExactly("{driver=1} T 2 Ada \\\"the\\\" B", "{driver=77} null NOT_FOUND NOT_FOUND", "2 rows");
    assertThat(run("features", "PROJECT", "places", "--key", "place_1=12,place_2=3")).isZero();
    assertThat(out).contains("trips_there").containsPattern("Z +1\n");
    assertThat(run("features", "PROJECT", "activity", "--key", "driver=x")).isEqualTo(1);
    assertThat(out).startsWith("INVALID_KEY: ").contains("found the text 'x'");
  }

  @Test
  void aKeyIsExplainedByTheRunThatWroteIt() {
    assertThat(run("run", "PROJECT", "feature-view", "activity")).isZero();
    String run = out.replaceAll("(?s).*\\(run (\\S+)\\).*", "$1");
    assertThat(run("features", "PROJECT", "activity", "--key", "driver=1", "--explain")).isZero();
    assertThat(out).contains("\"id\" : \"" + run + "\"", "\"state\" : \"succeeded\"", "\"origin\" : \"run\"");
  }

  @Test
  void exportsAreVerifiedAndReproduced() throws IOException {
    assertThat(run("training", "verify", "PROJECT", "churn")).isEqualTo(1);
    assertThat(out).startsWith("EXPORT_BROKEN: ").contains("run the training set first");
    assertThat(run("training", "verify", "PROJECT", "chur")).isEqualTo(1);
    assertThat(out).startsWith("UNKNOWN_ACTIVATION: ").contains("Did you mean 'churn'?");
    assertThat(run("training")).isEqualTo(2);

    assertThat(run("run", "PROJECT", "training-set", "churn")).isZero();
    assertThat(run("training", "verify", "PROJECT", "churn")).isZero();
    assertThat(out).endsWith("of training set 'churn' is as its manifest says.\n");
    assertThat(run("training", "reproduce", "PROJECT", "churn")).isZero();
    assertThat(out).endsWith("of training set 'churn' would be the same today.\n");

    Path model = folder.resolve("models/drivers.yml");
    String models = Files.readString(model);
    Files.writeString(model, models.replace("window: 30 days", "window: 1 days, name: fares_30d"));
    assertThat(run("training", "reproduce", "PROJECT", "churn")).isEqualTo(1);
    assertThat(out).contains("the definition of feature view 'activity' has changed");
    Files.writeString(model, models.replace("What drivers did.", "What drivers have done."));
    assertThat(run("training", "reproduce", "PROJECT", "churn")).as("words for people define nothing").isZero();

    Path export = folder.resolve("training/churn").resolve(Files.readString(folder.resolve("training/churn/latest")).strip());
    Files.delete(export.resolve("train.parquet"));
    assertThat(run("training", "verify", "PROJECT", "churn", "--export", export.getFileName().toString())).isEqualTo(1);
    assertThat(out).isEqualTo("train.parquet is missing\n");
    assertThat(export.resolve(TrainingManifest.FILE)).exists();
  }
}
