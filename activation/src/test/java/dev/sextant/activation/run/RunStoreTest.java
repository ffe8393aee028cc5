// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.run;

import com.zaxxer.hikari.HikariDataSource;
import dev.sextant.activation.Activity;
import dev.sextant.activation.Reject;
import dev.sextant.activation.Run;
import dev.sextant.activation.RunKind;
import dev.sextant.activation.RunReport;
import dev.sextant.activation.RunState;
import dev.sextant.activation.RunStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class RunStoreTest {
  private static final Run.Target SYNC = new Run.Target(RunKind.SYNC, "crm");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final String ELSEWHERE = "elsewhere:1:1";

  @TempDir private Path folder;
  private HikariDataSource source;
  private SqlRunStore store;

  @BeforeEach
  void open() {
    source = StoreConnections.sqlite(folder.resolve("runs.db"));
    store = new SqlRunStore(source);
  }

  @AfterEach
  void close() {
    source.close();
  }

  private static Run.Wanted wanted(Run.Target target, Instant now) {
    return Run.Wanted.now(target, Run.Trigger.MANUAL, now);
  }

  private Run begin(Instant now) {
    return store.begin(wanted(SYNC, now), ELSEWHERE, now).orElseThrow();
  }

  @Test
  void oneRunOfATargetAtATime() {
    Run first = begin(NOON);
    assertThat(store.begin(wanted(SYNC, NOON), Owner.here(), NOON)).isEmpty();
    assertThat(store.begin(wanted(new Run.Target(RunKind.SYNC, "other"), NOON), Owner.here(), NOON)).isPresent();
    assertThat(store.end(first.id(), ELSEWHERE, new Activity.Outcome(RunState.SUCCEEDED, RunReport.EMPTY), NOON)).isTrue();
    assertThat(store.begin(wanted(SYNC, NOON), Owner.here(), NOON)).isPresent();
  }

  @Test
  void aSilentRunDiesAndItsOwnerCannotEndIt() {
    Run run = begin(NOON);
    assertThat(store.bury(Optional.empty(), Duration.ofSeconds(30), NOON.plusSeconds(29))).isEmpty();
    assertThat(store.heartbeat(run.id(), ELSEWHERE, RunReport.EMPTY, NOON.plusSeconds(20))).isEqualTo(RunStore.Pulse.BEATS);
    assertThat(store.bury(Optional.empty(), Duration.ofSeconds(30), NOON.plusSeconds(45))).isEmpty();
    assertThat(store.bury(Optional.empty(), Duration.ofSeconds(30), NOON.plusSeconds(51))).extracting(Run::id).containsExactly(run.id());
    assertThat(store.heartbeat(run.id(), ELSEWHERE, RunReport.EMPTY, NOON.plusSeconds(52))).isEqualTo(RunStore.Pulse.LOST);
    assertThat(store.end(run.id(), ELSEWHERE, new Activity.Outcome(RunState.SUCCEEDED, RunReport.EMPTY), NOON)).isFalse();
    assertThat(store.find(run.id()).orElseThrow().state()).isEqualTo(RunState.DEAD);
  }

  @Test
  void aRunOfAProcessThatIsGoneDiesAtOnce() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    String owner = Owner.here().replaceFirst(":\\d+:\\d+$", ":" + gone.pid() + ":1");
    gone.waitFor();
    Run run = store.begin(wanted(SYNC, NOON), owner, NOON).orElseThrow();
    assertThat(store.bury(Optional.empty(), Duration.ofSeconds(30), NOON)).extracting(Run::id).containsExactly(run.id());
  }

  @Test
  void whatHappenedIsRemembered() {
    Run run = begin(NOON);
    RunReport report = RunReport.of(Map.of("sent", 3L)).with(new RunReport.Problem("GUARD", "Too much \"gone\"."));
    store.end(run.id(), ELSEWHERE, new Activity.Outcome(RunState.GUARDED, report), NOON.plusSeconds(5));
    Run read = new SqlRunStore(source).list(Optional.of(SYNC), 10).getFirst();
    assertThat(read.report()).isEqualTo(report);
    assertThat(read.endedAt()).contains(NOON.plusSeconds(5));
  }

  @Test
  void rejectsAreListedUntilTheyAreForgotten() {
    Reject reject = new Reject("[1]", "upsert", 422, "BAD", "No such 'thing'.", 1);
    Run run = begin(NOON);
    store.addRejects(run.id(), List.of(reject), NOON);
    assertThat(store.rejects(run.id(), 10)).containsExactly(reject);
    store.forget(NOON.plusSeconds(1));
    assertThat(store.rejects(run.id(), 10)).isEmpty();
  }
}
