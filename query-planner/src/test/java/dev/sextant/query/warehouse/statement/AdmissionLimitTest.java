// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.statement;

import dev.sextant.model.SextantException;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryIssue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

@Timeout(30)
class AdmissionLimitTest {

  @Test
  void noMoreThanTheLimitRunAtOnce() throws InterruptedException {
    AdmissionLimit limit = new AdmissionLimit("main", 3, 100);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      threads.add(Thread.ofVirtual().start(() -> {
        try (var permit = limit.admit(QueryControl.unlimited("q"))) {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          Thread.onSpinWait();
          running.decrementAndGet();
        }
      }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(most).hasValueBetween(1, 3);
  }

  @Test
  void whoComesFirstIsServedFirst() throws InterruptedException {
    AdmissionLimit limit = new AdmissionLimit("main", 1, 100);
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    try (var first = limit.admit(QueryControl.unlimited("first"))) {
      for (int i = 0; i < 20; i++) {
        int number = i;
        Thread thread = Thread.ofPlatform().start(() -> {
          try (var permit = limit.admit(QueryControl.unlimited("q"))) {
            order.add(number);
          }
        });
        threads.add(thread);
        while (thread.getState() != Thread.State.WAITING) {
          Thread.onSpinWait();
        }
      }
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(order).isSorted().hasSize(20);
  }

  @Test
  void aFullQueueRefusesAtOnce() {
    AdmissionLimit limit = new AdmissionLimit("main", 1, 0);
    try (var permit = limit.admit(QueryControl.unlimited("first"))) {
      SextantException refused = catchThrowableOfType(SextantException.class, () -> limit.admit(QueryControl.unlimited("q")));
      assertThat(refused.issue().code()).isEqualTo(QueryIssue.QUEUE_FULL);
    }
    limit.admit(QueryControl.unlimited("q")).close();
  }

  @Test
  void whoIsStoppedWhileWaitingLeavesItsPlace() throws InterruptedException {
    AdmissionLimit limit = new AdmissionLimit("main", 1, 1);
    QueryControl stopped = QueryControl.unlimited("q");
    try (var permit = limit.admit(QueryControl.unlimited("first"))) {
      Thread stopper = Thread.ofVirtual().start(() -> stopped.stop(QueryIssue.CANCELLED));
      assertThat(catchThrowableOfType(SextantException.class, () -> limit.admit(stopped)).issue().code()).isEqualTo(QueryIssue.CANCELLED);
      stopper.join();
    }
    limit.admit(QueryControl.unlimited("q")).close();
    limit.admit(QueryControl.unlimited("q")).close();
  }

  @Test
  void aPermitClosedTwiceCountsOnce() {
    AdmissionLimit limit = new AdmissionLimit("main", 1, 0);
    var permit = limit.admit(QueryControl.unlimited("q"));
    permit.close();
    permit.close();
    try (var only = limit.admit(QueryControl.unlimited("q"))) {
      assertThat(catchThrowableOfType(SextantException.class, () -> limit.admit(QueryControl.unlimited("q")))).isNotNull();
    }
  }

  private static QueryControl of(String asker) {
    return new QueryControl("q", Optional.empty(), asker);
  }

  /** Starts threads of an asker that wait for their turns, and notes in {@code order} who had one. */
  private static List<Thread> waiting(AdmissionLimit limit, String asker, int count, List<String> order) {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Thread thread = Thread.ofPlatform().start(() -> {
        try (var permit = limit.admit(of(asker))) {
          order.add(asker);
        } catch (SextantException refused) {
          order.add(asker + " refused");
        }
      });
      threads.add(thread);
      while (thread.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
    }
    return threads;
  }

  @Test
  void whoAsksMuchDoesNotKeepOthersWaiting() throws InterruptedException {
    AdmissionLimit limit = new AdmissionLimit("main", 1, 100);
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    try (var permit = limit.admit(of("busy"))) {
      threads.addAll(waiting(limit, "busy", 20, order));
      threads.addAll(waiting(limit, "quiet", 2, order));
      threads.addAll(waiting(limit, "calm", 1, order));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(order).hasSize(23);
    assertThat(order.subList(0, 5)).containsExactlyInAnyOrder("busy", "busy", "quiet", "quiet", "calm");
  }

  @Test
  void ofSeveralTurnsEachAskerHasItsShare() throws InterruptedException {
    AdmissionLimit limit = new AdmissionLimit("main", 4, 100);
    List<AdmissionLimit.Permit> held = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      held.add(limit.admit(of("busy")));
    }
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    List<Thread> busy = waiting(limit, "busy", 10, order);
    List<Thread> quiet = waiting(limit, "quiet", 1, order);
    held.removeFirst().close();
    quiet.getFirst().join();
    assertThat(order.getFirst()).isEqualTo("quiet");
    held.forEach(AdmissionLimit.Permit::close);
    for (Thread thread : busy) {
      thread.join();
    }
  }

  @Test
  void inAFullQueueWhoAskedMostMakesRoom() throws InterruptedException {
    AdmissionLimit limit = new AdmissionLimit("main", 1, 5);
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    try (var permit = limit.admit(of("busy"))) {
      threads.addAll(waiting(limit, "busy", 5, order));
      threads.addAll(waiting(limit, "quiet", 2, order));
      assertThat(catchThrowableOfType(SextantException.class, () -> limit.admit(of("busy"))).issue().code())
          .isEqualTo(QueryIssue.QUEUE_FULL);
      while (order.size() < 2) {
        Thread.onSpinWait();
      }
      assertThat(order).containsExactly("busy refused", "busy refused");
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(order).containsExactlyInAnyOrder("busy refused", "busy refused", "busy", "busy", "busy", "quiet", "quiet");
  }
}
