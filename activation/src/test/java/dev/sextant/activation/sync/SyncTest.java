// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import dev.sextant.activation.ActivationIssue;
import dev.sextant.activation.Activity;
import dev.sextant.activation.RunState;
import dev.sextant.model.SextantException;
import dev.sextant.model.Sync;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What arrives is what the query has, however often and through whatever trouble it is sent. */
class SyncTest {
  private static final String THREE = "select * from (values (1, 'a@x', 10.50), (2, 'b@x', null), (3, 'c@x', 7.00)) t(customer, email, revenue)";

  @TempDir private Path folder;
  private Receiver receiver;
  private Syncing syncing;

  @BeforeEach
  void open() throws IOException {
    receiver = new Receiver();
    syncing = Syncing.of(folder, "webhook", Map.of("url", receiver.url(), "batch_size", "2"));
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  @Test
  void theFirstRunSendsEveryRowAndTheNextNone() {
    Activity.Outcome first = syncing.run(THREE);
    assertThat(first.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(first.report().counters()).containsEntry("added", 3L).containsEntry("sent", 3L).containsEntry("accepted", 3L);
    assertThat(receiver.rows()).containsExactly(
        Map.entry("{\"customer\":1}", "{\"email\":\"a@x\",\"lifetime_value\":10.50,\"source\":\"sextant\"}"),
        Map.entry("{\"customer\":2}", "{\"email\":\"b@x\",\"lifetime_value\":null,\"source\":\"sextant\"}"),
        Map.entry("{\"customer\":3}", "{\"email\":\"c@x\",\"lifetime_value\":7.00,\"source\":\"sextant\"}"));
    int requests = receiver.bodies().size();
    assertThat(syncing.run(THREE).report().counters()).containsEntry("unchanged", 3L).doesNotContainKey("sent");
    assertThat(receiver.bodies()).hasSize(requests);
  }

  @Test
  void onlyWhatChangedIsSent() {
    syncing.run(THREE);
    int before = receiver.bodies().size();
    Activity.Outcome second = syncing.run(THREE.replace("7.00", "8.00") + " union all select 4, 'd@x', 1.00");
    assertThat(second.report().counters()).containsEntry("added", 1L).containsEntry("changed", 1L).containsEntry("unchanged", 2L);
    assertThat(receiver.bodies()).hasSize(before + 1);
    assertThat(receiver.rows()).hasSize(4)
        .containsEntry("{\"customer\":3}",
            "{\"email\":\"c@x\",\"lifetime_value\":8.00,\"source\":\"sextant\"}");
  }

  @Test
  void aMirrorRemovesWhatItSentAndAnUpsertLeavesIt() {
    syncing.run(THREE);
    syncing.run(THREE + " where customer <> 2");
    assertThat(receiver.rows()).hasSize(3);
    Activity.Outcome mirrored = syncing.with(Sync.Mode.MIRROR, Sync.OnLeave.NOTHING).run(THREE + " where customer <> 2");
    assertThat(mirrored.report().counters()).containsEntry("removed", 1L);
    assertThat(receiver.rows()).doesNotContainKey("{\"customer\":2}").hasSize(2);
  }

  @Test
  void anEmptySourceIsGuarded() {
    syncing.run(THREE);
    SextantException refused = refusal(() -> syncing.with(Sync.Mode.MIRROR, Sync.OnLeave.NOTHING).run(THREE + " where false"));
    assertThat(refused.issue().code()).isEqualTo(ActivationIssue.GUARD);
    assertThat(refused).hasMessageContaining("3 were delivered before");
    assertThat(receiver.rows()).hasSize(3);
  }

  @Test
  void tooManyRemovalsAreGuarded() {
    Syncing guarded = syncing.with(Sync.Mode.MIRROR, Sync.OnLeave.NOTHING).with(new Sync.Guard(Optional.of(0.5), List.of()));
    guarded.run(THREE);
    SextantException refused = refusal(() -> guarded.run(THREE + " where customer = 1"));
    assertThat(refused.issue().code()).isEqualTo(ActivationIssue.GUARD);
    assertThat(refused).hasMessageContaining("2 of 3").hasMessageContaining("66.7 %");
    assertThat(guarded.run(THREE + " where customer <> 1").state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(receiver.rows()).hasSize(2);
  }

  @Test
  void nullAndDoubleKeysAndMissingFieldsAreRejectedRowByRow() {
    TestRun run = new TestRun();
    Activity.Outcome outcome = syncing.with(new Sync.Guard(Optional.empty(), List.of("email")))
        .run(THREE
            + " union all select 1, 'again@x', 1 union all select null, 'n@x', 1 union all select 9, null, 1", run);
    assertThat(outcome.state()).isEqualTo(RunState.SUCCEEDED_WITH_REJECTS);
    assertThat(run.rejects()).extracting(reject -> reject.code() + " " + reject.key())
        .containsExactlyInAnyOrder("DUPLICATE_KEY [1]", "DUPLICATE_KEY [1]", "NULL_KEY [null]", "REQUIRED_FIELD [9]");
    assertThat(receiver.rows()).containsOnlyKeys("{\"customer\":2}", "{\"customer\":3}");
  }

  @Test
  void aRejectedRowHasNotLeftTheQuery() {
    Syncing mirror = syncing.with(Sync.Mode.MIRROR, Sync.OnLeave.NOTHING);
    mirror.run(THREE);
    assertThat(mirror.run(THREE + " union all select 1, 'again@x', 1").report().counters()).containsEntry("removed", 0L);
    assertThat(receiver.rows()).containsKey("{\"customer\":1}");
  }

  @Test
  void passingTroubleIsTriedAgain() {
    receiver.next(new Receiver.Fault(503, Map.of(), false));
    receiver.next(new Receiver.Fault(429, Map.of("Retry-After", "0"), false));
    Activity.Outcome outcome = syncing.run(THREE);
    assertThat(outcome.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(outcome.report().counters()).containsEntry("retried", 2L);
    assertThat(receiver.rows()).hasSize(3);
  }

  @Test
  void waitingForARateLimitCostsNoAttempt() {
    for (int i = 0; i < 10; i++) {
      receiver.next(new Receiver.Fault(429, Map.of("Retry-After", "0"), false));
    }
    assertThat(syncing.run(THREE).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(receiver.rows()).hasSize(3);
  }

  @Test
  void aMessageThatWasTakenBeforeTheAnswerBrokeIsSentAgainUnderItsId() {
    receiver.next(new Receiver.Fault(504, Map.of(), true));
    assertThat(syncing.run(THREE).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(receiver.requests().get(0).getRequestHeaders().getFirst("webhook-id"))
        .isEqualTo(receiver.requests().get(1).getRequestHeaders().getFirst("webhook-id"));
    assertThat(receiver.rows()).hasSize(3);
  }

  @Test
  void aBadRowIsFoundByHalvingAndTriedAgainByEveryLaterRun() {
    receiver.refuse("{\"customer\":2}");
    TestRun run = new TestRun();
    Activity.Outcome outcome = syncing.run(THREE, run);
    assertThat(outcome.state()).isEqualTo(RunState.SUCCEEDED_WITH_REJECTS);
    assertThat(run.rejects()).extracting(reject -> reject.key() + " " + reject.status()).containsExactly("[2] 422");
    assertThat(receiver.rows()).containsOnlyKeys("{\"customer\":1}", "{\"customer\":3}");
    receiver.refuseNothing();
    assertThat(syncing.run(THREE).report().counters()).containsEntry("added", 1L).containsEntry("accepted", 1L);
    assertThat(receiver.rows()).hasSize(3);
  }

  @Test
  void aDeadDestinationEndsTheRunAndTheNextOneGoesOnWhereItWas() {
    for (int i = 0; i < 4; i++) {
      receiver.next(new Receiver.Fault(i == 0 ? 200 : 503, Map.of(), i == 0));
    }
    SextantException failure = refusal(() -> syncing.run(THREE));
    assertThat(failure.issue().code()).isEqualTo(ActivationIssue.DESTINATION_UNREACHABLE);
    assertThat(receiver.rows()).hasSize(2);
    Activity.Outcome next = syncing.run(THREE);
    assertThat(next.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(next.report().counters()).containsEntry("resumed", 1L).containsEntry("unchanged", 3L);
    assertThat(receiver.rows()).hasSize(3);
  }

  /** Two requests bring it: the batch as it was, and the row as it is now. */
  @Test
  void whatIsRefusedOfABatchThatComesAgainCountsOnce() {
    for (int i = 0; i < 3; i++) {
      receiver.next(new Receiver.Fault(503, Map.of(), false));
    }
    String one = THREE + " where customer = 2";
    assertThat(refusal(() -> syncing.run(one)).issue().code()).isEqualTo(ActivationIssue.DESTINATION_UNREACHABLE);
    receiver.refuse("{\"customer\":2}");
    TestRun run = new TestRun();
    assertThat(syncing.run(one, run).report().counters()).containsEntry("resumed", 1L)
        .containsEntry("sent", 1L)
        .containsEntry("accepted", 0L)
        .containsEntry("rejected", 1L);
    assertThat(run.rejects()).hasSize(1);
  }

  @Test
  void refusedCredentialsEndTheRunAtOnce() {
    receiver.next(new Receiver.Fault(401, Map.of(), false));
    assertThat(refusal(() -> syncing.run(THREE)).issue().code()).isEqualTo(ActivationIssue.DESTINATION_DENIED);
    assertThat(receiver.bodies()).hasSize(1);
  }

  @Test
  void keysOfSeveralPartsNeverCollide() {
    Syncing composite = syncing.with(List.of("customer", "email"));
    composite.run("select 1 as customer, '23' as email, 1 as revenue union all select 12, '3', 2 union all select 1, '2', 3");
    assertThat(receiver.rows()).hasSize(3);
  }

  private static SextantException refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
    return catchThrowableOfType(SextantException.class, work);
  }
}
