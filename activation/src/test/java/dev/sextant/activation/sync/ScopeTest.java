// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import dev.sextant.activation.ActivationIssue;
import dev.sextant.activation.Activity;
import dev.sextant.activation.Reject;
import dev.sextant.activation.RunReport;
import dev.sextant.activation.RunState;
import dev.sextant.activation.Scope;
import dev.sextant.model.SextantException;
import dev.sextant.model.Sync;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

/** How much of its work a run does: what changed, everything, or some rows. */
class ScopeTest {
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

  private RunReport run(Scope scope, String rows) {
    return syncing.run(rows, new TestRun(scope)).report();
  }

  @Test
  void oneRowIsSentAndTheOthersWait() {
    assertThat(run(new Scope.Rows(List.of("2")), THREE).counters()).containsEntry("sent", 1L).containsEntry("accepted", 1L);
    assertThat(receiver.rows()).containsOnlyKeys("{\"customer\":2}");
    assertThat(run(Scope.CHANGES, THREE).counters()).containsEntry("added", 2L).containsEntry("accepted", 2L);
    assertThat(receiver.rows()).hasSize(3);
  }

  @Test
  void anUnchangedRowIsSentWhenItIsAskedFor() {
    run(Scope.CHANGES, THREE);
    assertThat(run(new Scope.Rows(List.of("[3]")), THREE).counters()).containsEntry("unchanged", 3L).containsEntry("sent", 1L);
    assertThat(receiver.sent()).isEqualTo(4);
    assertThat(receiver.requests().stream().map(request -> request.getRequestHeaders().getFirst("webhook-id"))).doesNotHaveDuplicates();
  }

  @Test
  void aRowThatNobodyHasIsNamed() {
    SextantException unknown = catchThrowableOfType(SextantException.class, () -> run(new Scope.Rows(List.of("77")), THREE));
    assertThat(unknown.issue().code()).isEqualTo(ActivationIssue.UNKNOWN_KEY);
    assertThat(unknown).hasMessageContaining("77");
    assertThat(receiver.bodies()).isEmpty();
  }

  @Test
  void ofRowsThatCannotBeSentOnlyTheOneThatWasAskedForIsTold() {
    String doubled = THREE.replace("(3,", "(1, 'd@x', 1.00), (3,");
    TestRun two = new TestRun(new Scope.Rows(List.of("2")));
    Activity.Outcome sent = syncing.run(doubled, two);
    assertThat(sent.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(two.rejects()).isEmpty();
    TestRun one = new TestRun(new Scope.Rows(List.of("1")));
    assertThat(syncing.run(doubled, one).state()).isEqualTo(RunState.SUCCEEDED_WITH_REJECTS);
    assertThat(one.rejects()).extracting(Reject::key, Reject::code)
        .containsExactly(tuple("[1]", "DUPLICATE_KEY"), tuple("[1]", "DUPLICATE_KEY"));
    assertThat(receiver.rows()).containsOnlyKeys("{\"customer\":2}");
  }

  @Test
  void everythingIsSentAgain() {
    run(Scope.CHANGES, THREE);
    RunReport all = run(Scope.ALL, THREE);
    assertThat(all.counters()).containsEntry("unchanged", 3L).containsEntry("sent", 3L).containsEntry("accepted", 3L);
    assertThat(run(Scope.CHANGES, THREE).counters()).doesNotContainKey("sent");
  }

  @Test
  void keysOfSeveralPartsAreWrittenAsArrays() {
    syncing = syncing.with(List.of("email", "customer"));
    assertThat(run(new Scope.Rows(List.of("[\"b@x\", 2]")), THREE).counters()).containsEntry("sent", 1L);
  }

  /** A receiver drops what has an id that it knows, so a value that returns must not have the id it had at first. */
  @Test
  void aValueThatGoesBackArrives() {
    run(Scope.CHANGES, THREE);
    run(Scope.CHANGES, THREE.replace("7.00", "8.00"));
    run(Scope.CHANGES, THREE);
    assertThat(receiver.rows()).containsEntry("{\"customer\":3}", "{\"email\":\"c@x\",\"lifetime_value\":7.00,\"source\":\"sextant\"}");
  }

  @Test
  void whereEveryRowIsRefusedForOneReasonTheRunEnds() {
    String many = "select i as customer, i || '@x' as email, 1 as revenue from range(400) r(i)";
    Syncing hopeless = Syncing.of(folder, "webhook", Map.of("url", receiver.url(), "batch_size", "50"));
    receiver.refuseAll(true);
    TestRun run = new TestRun();
    SextantException refused = catchThrowableOfType(SextantException.class, () -> hopeless.run(many, run));
    assertThat(refused.issue().code()).isEqualTo(ActivationIssue.DESTINATION_REFUSED);
    assertThat(refused).hasMessageContaining("All of the first 50 rows were refused").hasMessageContaining("422");
    assertThat(run.rejects()).hasSize(50);
    receiver.refuseAll(false);
    Activity.Outcome next = hopeless.run(many);
    assertThat(next.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(receiver.rows()).hasSize(400);
  }

  @Test
  void whatIsErasedIsForgottenByCopiesToo() {
    Syncing mirror = syncing.with(Sync.Mode.MIRROR, Sync.OnLeave.NOTHING);
    mirror.run(THREE);
    assertThat(mirror.ledger().erase("crm", "[2]"::equals)).isEqualTo(1);
    assertThat(mirror.run(THREE + " where customer <> 2").report().counters()).containsEntry("removed", 0L).containsEntry("unchanged", 2L);
    assertThat(mirror.run(THREE).report().counters()).containsEntry("added", 1L);
  }
}
