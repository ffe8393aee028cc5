// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.ops;

import dev.sextant.model.SextantException;
import dev.sextant.query.Caller;
import dev.sextant.query.QueryIssue;
import dev.sextant.server.ops.RunningQuery.Asked;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RunningQueriesTest {
  private static final Asked ASKED = new Asked("test", "revenue", Caller.ANONYMOUS);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final RunningQueries queries = new RunningQueries(InstantSource.system());

  @AfterEach
  void close() {
    queries.close();
  }

  private RunningQuery begin(String id) {
    return queries.begin(ASKED, Optional.of(id), MINUTE);
  }

  @Test
  void idsAreNeverGivenTwice() {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      assertThat(ids.add(queries.begin(ASKED, Optional.empty(), MINUTE).id())).isTrue();
    }
    assertThatThrownBy(() -> begin(ids.iterator().next())).isInstanceOf(SextantException.class);
  }

  @Test
  void aQueryIsStoppedAtItsDeadlineAndNotAfterItsEnd() throws Exception {
    RunningQuery ended = queries.begin(ASKED, Optional.of("ended"), Duration.ofMillis(20));
    queries.end(ended);
    CountDownLatch stopped = new CountDownLatch(1);
    RunningQuery late = queries.begin(ASKED, Optional.of("late"), Duration.ofMillis(20));
    late.control().onStop(stopped::countDown);
    assertThat(stopped.await(5, TimeUnit.SECONDS)).isTrue();
    assertThat(late.control().stopped()).hasValue(QueryIssue.DEADLINE_EXCEEDED);
    assertThat(late.control().deadline().orElseThrow()).isBefore(Instant.now());
    assertThat(ended.control().stopped()).isEmpty();
  }

  @Test
  void aQueryWhoseClientHasGoneIsCancelled() throws Exception {
    RunningQuery query = begin("q");
    CountDownLatch stopped = new CountDownLatch(1);
    query.control().onStop(stopped::countDown);
    queries.watch().stopWhenGone(query.control(), () -> true);
    assertThat(stopped.await(5, TimeUnit.SECONDS)).isTrue();
    assertThat(query.control().stopped()).hasValue(QueryIssue.CANCELLED);
  }

  @Test
  void aLookThatFailsDoesNotKeepOthersFromBeingLookedAt() throws Exception {
    RunningQuery broken = begin("broken");
    queries.watch().stopWhenGone(broken.control(), () -> {
      throw new IllegalStateException("made by the test");
    });
    RunningQuery query = begin("q");
    CountDownLatch stopped = new CountDownLatch(1);
    query.control().onStop(stopped::countDown);
    Thread.sleep(250);
    queries.watch().stopWhenGone(query.control(), () -> true);
    assertThat(stopped.await(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whatEndedCanBeFoundForAWhile() {
    queries.end(begin("first"));
    assertThat(queries.find("first", Caller.ANONYMOUS).id()).isEqualTo("first");
    assertThat(queries.isRunning(queries.find("first", Caller.ANONYMOUS))).isFalse();
    for (int i = 0; i < 1_000; i++) {
      queries.end(begin("q" + i));
    }
    assertThatThrownBy(() -> queries.find("first", Caller.ANONYMOUS)).isInstanceOf(SextantException.class);
  }
}
