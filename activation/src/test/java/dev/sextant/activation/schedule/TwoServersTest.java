// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.schedule;

import dev.sextant.activation.Run;
import dev.sextant.activation.RunKind;
import dev.sextant.activation.RunState;
import dev.sextant.activation.run.TestDatabase;
import dev.sextant.activation.sync.Receiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Servers that share a PostgreSQL store: real processes, killed and held up. */
class TwoServersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(4);
  private static final Duration SLOW_MACHINE = Duration.ofSeconds(30);
  private static final int ROWS = 600;
  private static final int BATCH = 10;
  private static final String TABLE = "select i as id, i || '@x' as email, cast(i as decimal(12, 2)) as spent, date '2026-01-01' as joined_on"
      + " from range(" + ROWS + ") r(i)";

  @TempDir private Path folder;
  private final List<Process> servers = new ArrayList<>();
  private final Map<String, String> store = new LinkedHashMap<>(TestDatabase.POSTGRES.settings());
  private Receiver receiver;

  @BeforeEach
  void open() throws IOException {
    store.put("runs.patience", PATIENCE.toSeconds() + "s");
    receiver = new Receiver();
  }

  @AfterEach
  void close() {
    servers.forEach(Process::destroyForcibly);
    receiver.close();
  }

  private Path project(String name, String schedule) {
    Path own = folder.resolve(name);
    return TestProject.in(own)
        .rows(TABLE)
        .settings(store)
        .section("destinations: {there: {type: webhook, url: \"" + receiver.url() + "\", batch_size: " + BATCH + "}}")
        .define(TestProject.sync("crm", "schedule: {" + schedule + "}"))
        .write();
  }

  private Process serve(Path own) throws IOException {
    Process server = RunProcess.start(own, Map.of(), "serve");
    servers.add(server);
    return server;
  }

  private List<Run> runs() {
    try (TestProject.Open open = TestProject.open(project("looker-on", "every: 1d"))) {
      return open.activations().runs().list(Optional.of(new Run.Target(RunKind.SYNC, "crm")), 10_000);
    }
  }

  private void await(String what, BooleanSupplier condition) throws InterruptedException {
    Instant limit = Instant.now().plusSeconds(90);
    while (!condition.getAsBoolean()) {
      assertThat(servers).as(() -> what + "\n" + logs()).anyMatch(Process::isAlive);
      assertThat(Instant.now()).as(() -> what + "\n" + logs()).isBefore(limit);
      Thread.sleep(50);
    }
  }

  private String logs() {
    return List.of("one", "two").stream().map(name -> {
      try {
        return name + ":\n" + Files.readString(folder.resolve(name).resolve("process.log"));
      } catch (IOException none) {
        return name + ": " + none;
      }
    }).collect(Collectors.joining("\n"));
  }

  @Test
  void everyInstantIsRunOnce() throws Exception {
    serve(project("one", "cron: '*/2 * * * * *'"));
    serve(project("two", "cron: '*/2 * * * * *'"));
    await("all rows arrive", () -> receiver.count() == ROWS);
    await("several instants pass", () -> runs().size() > 4);
    servers.forEach(Process::destroyForcibly);
    List<Instant> due = runs().stream().map(run -> run.wanted().dueAt()).toList();
    assertThat(due).hasSizeGreaterThan(4).doesNotHaveDuplicates();
    assertThat(receiver.sent()).isEqualTo(ROWS);
  }

  @Test
  void aKilledServersRunGoesToTheOther() throws Exception {
    receiver.slow(40);
    Process one = serve(project("one", "every: 1d"));
    await("the first server sends", () -> receiver.count() > ROWS / 6);
    serve(project("two", "every: 1d"));
    one.destroyForcibly().waitFor();
    await("the other server ends it", () -> receiver.count() == ROWS);
    await("the run succeeded", () -> runs().getFirst().state() == RunState.SUCCEEDED);
    takenOver();
    assertThat(receiver.sent() - ROWS).isBetween(0L, (long) BATCH);
  }

  /** A server that is held up, such as by a stopped machine, has lost its runs when it goes on, and does not send any more. */
  @Test
  void aServerThatWasHeldUpLosesItsRunAndSaysNothingMore() throws Exception {
    receiver.slow(40);
    Process one = serve(project("one", "every: 1d"));
    await("the first server sends", () -> receiver.count() > ROWS / 6);
    Instant held = Instant.now();
    signal(one, "STOP");
    serve(project("two", "every: 1d"));
    await("the other server goes on", () -> runs().size() == 2);
    assertThat(Duration.between(held, Instant.now())).isGreaterThan(PATIENCE.minusSeconds(1));
    signal(one, "CONT");
    await("the other server ends it", () -> runs().getFirst().state() == RunState.SUCCEEDED);
    takenOver();
    assertThat(receiver.rows()).hasSize(ROWS);
    assertThat(receiver.sent() - ROWS).isBetween(0L, 2L * BATCH);
  }

  private static void signal(Process process, String name) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  private void takenOver() {
    List<Run> runs = runs();
    assertThat(runs).hasSize(2);
    Run recovery = runs.getFirst();
    Run dead = runs.getLast();
    assertThat(dead.state()).isEqualTo(RunState.DEAD);
    assertThat(recovery.wanted().trigger()).isEqualTo(Run.Trigger.RECOVERY);
    assertThat(recovery.wanted().dueAt()).isEqualTo(dead.wanted().dueAt());
    assertThat(recovery.wanted().reason()).isEqualTo("run " + dead.id() + " died");
    assertThat(new HashSet<>(List.of(recovery.owner(), dead.owner()))).hasSize(2);
    assertThat(Duration.between(dead.endedAt().orElseThrow(), recovery.startedAt().orElseThrow())).isLessThan(SLOW_MACHINE);
    assertThat(recovery.report().count("resumed")).as("the batch on its way, if there was one").isIn(0L, (long) BATCH);
  }
}
