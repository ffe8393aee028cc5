// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.load;

import dev.sextant.model.Metric;
import dev.sextant.model.SextantException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LiveModelTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path folder = Path.of("");
  private Instant now = START;
  private final InstantSource clock = () -> now;

  @BeforeEach
  void writeProject() {
    TestProject.of(orders("orders")).write(folder);
  }

  private static String orders(String metric) {
    return """
        semantic_model: {name: orders, table: orders, entities: [{name: order_id, type: primary}], measures: [{name: %s, agg: count, expr: 1, create_metric: true}]}
        """
        .formatted(metric);
  }

  private void write(String file, String text) throws Exception {
    Files.createDirectories(folder.resolve(file).getParent());
    Files.writeString(folder.resolve(file), text);
  }

  private LiveModel open() {
    return LiveModel.open(folder, Map.of(), clock, Duration.ZERO);
  }

  private static List<String> metrics(LiveModel live) {
    return live.get().metrics().stream().map(Metric::name).toList();
  }

  @Test
  void nothingHappensWhileNothingChanges() {
    try (LiveModel live = open()) {
      assertThat(live.refresh()).isFalse();
      assertThat(live.status()).isEqualTo(new LiveModel.Status(1, START, List.of(), List.of()));
    }
  }

  @Test
  void aValidEditSwapsTheModel() throws Exception {
    try (LiveModel live = open()) {
      now = START.plusSeconds(60);
      write("models/m.yml", orders("number_of_orders"));
      assertThat(live.refresh()).isTrue();
      assertThat(metrics(live)).containsExactly("number_of_orders");
      assertThat(live.status().version()).isEqualTo(2);
      assertThat(live.status().since()).isEqualTo(now);
    }
  }

  @Test
  void aBrokenEditKeepsTheLastValidVersionAndSaysSo() throws Exception {
    try (LiveModel live = open()) {
      now = START.plusSeconds(60);
      write("models/m.yml", "metric: {name: x}");
      live.refresh();
      assertThat(metrics(live)).containsExactly("orders");
      assertThat(live.status().isCurrent()).isFalse();
      assertThat(live.status().version()).isEqualTo(1);
      assertThat(live.status().issues().toString()).isEqualTo("[models/m.yml:1:16: metric 'x' needs the key 'type']");
      now = START.plusSeconds(120);
      write("models/m.yml", "metric: {name: still_broken}");
      live.refresh();
      assertThat(live.status().since()).isEqualTo(START.plusSeconds(60));
      now = START.plusSeconds(180);
      write("models/m.yml", orders("orders"));
      live.refresh();
      assertThat(live.status()).isEqualTo(new LiveModel.Status(2, now, List.of(), List.of()));
    }
  }

  @Test
  void newAndDeletedFilesCountToo() throws Exception {
    try (LiveModel live = open()) {
      write("models/more/x.yaml", "semantic_model: {name: x, table: x, entities: [{name: x, type: primary}]}");
      assertThat(live.refresh()).isTrue();
      assertThat(live.get().datasets()).hasSize(2);
      Files.delete(folder.resolve("models/more/x.yaml"));
      assertThat(live.refresh()).isTrue();
      assertThat(live.get().datasets()).hasSize(1);
      Files.delete(folder.resolve("sextant.yml"));
      assertThat(live.refresh()).isTrue();
      assertThat(live.status().isCurrent()).isFalse();
      assertThat(live.get().datasets()).hasSize(1);
    }
  }

  @Test
  void listenersHearOfEveryChangeEvenWhenOneOfThemFails() throws Exception {
    List<Long> heard = new ArrayList<>();
    Thread.UncaughtExceptionHandler before = Thread.currentThread().getUncaughtExceptionHandler();
    List<String> failures = new ArrayList<>();
    Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> failures.add(thrown.toString()));
    try (LiveModel live = open()) {
      live.onChange(status -> {
        throw new IllegalStateException("deaf");
      });
      live.onChange(status -> heard.add(status.version()));
      write("models/m.yml", orders("a"));
      live.refresh();
      write("models/m.yml", orders("bb"));
      live.refresh();
    } finally {
      Thread.currentThread().setUncaughtExceptionHandler(before);
    }
    assertThat(heard).containsExactly(2L, 3L);
    assertThat(failures).hasSize(2);
  }

  @Test
  void itLooksByItself() throws Exception {
    CountDownLatch changed = new CountDownLatch(1);
    try (LiveModel live = LiveModel.open(folder, Map.of(), clock, Duration.ofMillis(20))) {
      live.onChange(status -> changed.countDown());
      write("models/m.yml", orders("seen"));
      assertThat(changed.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(metrics(live)).containsExactly("seen");
    }
  }

  @Test
  void aProjectThatIsBrokenToBeginWithIsNotOpened() throws Exception {
    write("models/m.yml", "metric: {name: x}\nmetrics: 1");
    assertThatThrownBy(this::open).isInstanceOfSatisfying(SextantException.class, e -> assertThat(e.issues()).hasSize(2));
  }
}
