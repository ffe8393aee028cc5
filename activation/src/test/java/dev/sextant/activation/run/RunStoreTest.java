// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.run;

import com.zaxxer.hikari.HikariDataSource;
import dev.sextant.activation.Activity;
import dev.sextant.activation.Basis;
import dev.sextant.activation.Reject;
import dev.sextant.activation.Run;
import dev.sextant.activation.RunKind;
import dev.sextant.activation.RunReport;
import dev.sextant.activation.RunState;
import dev.sextant.activation.RunStore;
import dev.sextant.activation.Scope;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What runs remember, in either database. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class RunStoreTest {
  private static final Run.Target SYNC = new Run.Target(RunKind.SYNC, "crm");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final String ELSEWHERE = "elsewhere:1:1";

  @Parameter private TestDatabase database = TestDatabase.SQLITE;
  @TempDir private Path folder;
  private HikariDataSource source;
  private SqlRunStore store;

  @BeforeEach
  void open() {
    source = database.open(folder);
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

  @Test
  void manyWhoBeginAtOnceAreOne() {
    long begun = IntStream.range(0, 16)
        .parallel()
        .filter(i -> store.begin(wanted(SYNC, NOON), "server:" + i + ":1", NOON).isPresent())
        .count();
    assertThat(begun).isEqualTo(1);
  }

  @Test
  void skipsInARowBecomeOne() {
    Run.Wanted wanted = wanted(SYNC, NOON).because("nothing changed", Optional.empty());
    store.skip(wanted, ELSEWHERE, NOON);
    store.skip(wanted, ELSEWHERE, NOON.plusSeconds(60));
    assertThat(store.list(Optional.of(SYNC), 10)).singleElement().satisfies(run -> {
      assertThat(run.state()).isEqualTo(RunState.SKIPPED);
      assertThat(run.wanted().reason()).isEqualTo("nothing changed");
      assertThat(run.report().count("skips")).isEqualTo(2);
      assertThat(run.endedAt()).contains(NOON.plusSeconds(60));
    });
    assertThat(store.latest(SYNC)).isEmpty();
  }

  @Test
  void whoAsksToStopIsHeardWithTheNextHeartbeat() {
    Run run = begin(NOON);
    assertThat(store.stop(run.id())).isTrue();
    assertThat(store.heartbeat(run.id(), ELSEWHERE, RunReport.EMPTY, NOON)).isEqualTo(RunStore.Pulse.STOP_WANTED);
  }

  @Test
  void aDeadRunIsAnOrphanUntilItsTargetRunsAgain() {
    Run dead = begin(NOON);
    store.bury(Optional.empty(), Duration.ofSeconds(30), NOON.plusSeconds(60));
    assertThat(store.orphans()).extracting(Run::id).containsExactly(dead.id());
    begin(NOON.plusSeconds(61));
    assertThat(store.orphans()).isEmpty();
  }

  @Test
  void scopesAndBasesComeBackAsTheyWere() {
    Basis basis = new Basis("abc", Map.of("orders", "7"));
    Run.Wanted wanted = new Run.Wanted(SYNC, Run.Trigger.RECOVERY, NOON, new Scope.Rows(List.of("[1]", "[\"a\"]")), "why",
        Optional.of(basis));
    assertThat(store.begin(wanted, ELSEWHERE, NOON).orElseThrow().wanted()).isEqualTo(wanted);
    assertThat(store.knows(SYNC, NOON)).isTrue();
    assertThat(store.knows(SYNC, NOON.plusMillis(1))).isFalse();
  }

  @Test
  void theRejectsOfAnEntityAreErased() {
    Run run = begin(NOON);
    store.addRejects(run.id(),
        List.of(new Reject("[1]", "upsert", 422, "BAD", "No.", 1), new Reject("[2]", "upsert", 422, "BAD", "No.", 1)),
        NOON);
    assertThat(store.eraseRejects(SYNC, "[1]"::equals)).isEqualTo(1);
    assertThat(store.rejects(run.id(), 10)).extracting(Reject::key).containsExactly("[2]");
  }
}
