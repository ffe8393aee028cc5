// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.postgres;

import dev.sextant.model.SextantException;
import dev.sextant.model.Source;
import dev.sextant.query.ArrowBatches;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.warehouse.Rows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

@Timeout(60)
class StoppedPostgresTest {
  private final OpenPostgres postgres = OpenPostgres.open();

  @AfterEach
  void nothingIsLeftOpen() {
    postgres.close();
  }

  @Test
  void aStoppedQueryEndsAtOnce() {
    QueryControl control = QueryControl.unlimited("q1");
    stopLater(control, 300);
    Instant start = Instant.now();
    SextantException failure = catchThrowableOfType(SextantException.class,
        () -> Rows.of(postgres.warehouse().run("select pg_sleep(30)", control)));
    assertThat(failure.issue().code()).isEqualTo(QueryIssue.CANCELLED);
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
    assertThat(waitUntilNothingRuns()).isTrue();
  }

  @Test
  void aStoppedQueryEndsAtOnceWhileABatchLoads() {
    QueryControl control = QueryControl.unlimited("q1");
    try (ArrowBatches batches = postgres.warehouse()
        .run("select generate_series(1, 100000), '' union all select 0, pg_sleep(30)::text",
            control)) {
      assertThat(batches.loadNext()).isTrue();
      stopLater(control, 300);
      SextantException failure = catchThrowableOfType(SextantException.class, () -> Rows.count(batches));
      assertThat(failure.issue().code()).isEqualTo(QueryIssue.CANCELLED);
    }
    assertThat(waitUntilNothingRuns()).isTrue();
  }

  @Test
  void aDeadlineStopsTheQuery() {
    QueryControl control = new QueryControl("q1", Optional.of(Instant.now().plusMillis(300)));
    SextantException failure = catchThrowableOfType(SextantException.class,
        () -> Rows.of(postgres.warehouse().run("select pg_sleep(30)", control)));
    assertThat(failure.issue().code()).isEqualTo(QueryIssue.DEADLINE_EXCEEDED);
  }

  @Test
  void closingEarlyStopsTheQueryAndFreesItsMemory() {
    for (int i = 0; i < 20; i++) {
      try (ArrowBatches batches = postgres.run("select generate_series(1, 100000000), repeat('x', 100)")) {
        assertThat(batches.loadNext()).isTrue();
      }
    }
    assertThat(postgres.memory().getAllocatedMemory()).isZero();
    assertThat(waitUntilNothingRuns()).isTrue();
    assertThat(postgres.rows("select 1")).containsExactly("1");
  }

  @Test
  void closingFromAnotherThreadEndsABatchThatLoads() throws InterruptedException {
    ArrowBatches batches = postgres.run("select generate_series(1, 100000), repeat('x', 100) union all select 0, pg_sleep(30)::text");
    Thread closer = Thread.ofVirtual().start(() -> {
      pause(300);
      batches.close();
    });
    assertThat(catchThrowableOfType(SextantException.class, () -> Rows.count(batches)).issue().code()).isEqualTo(QueryIssue.CANCELLED);
    closer.join();
  }

  @Test
  void moreStatementsThanAllowedWaitAndThenAreRefused() {
    List<ArrowBatches> open = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      open.add(postgres.run("select i from generate_series(1, 1000000) i"));
    }
    Thread waiting = Thread.ofVirtual().start(() -> postgres.rows("select 1"));
    while (waiting.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(postgres.failure("select 1").issue().code()).isEqualTo(QueryIssue.QUEUE_FULL);
    assertThat(postgres.warehouse().describe(new Source.Query("select 1 as a")).columns()).hasSize(1);
    open.forEach(ArrowBatches::close);
    while (waiting.isAlive()) {
      Thread.onSpinWait();
    }
    assertThat(postgres.rows("select 1")).containsExactly("1");
  }

  @Test
  void aConnectionThatDiesMidwayIsAnError() {
    try (ArrowBatches batches = postgres.run("select generate_series(1, 100000000), repeat('x', 1000), pg_backend_pid()")) {
      assertThat(batches.loadNext()).isTrue();
      PostgresServer.execute("select pg_terminate_backend(" + batches.root().getVector(2).getObject(0) + ")");
      SextantException failure = catchThrowableOfType(SextantException.class, () -> Rows.count(batches));
      assertThat(failure.issue().code()).isEqualTo(QueryIssue.WAREHOUSE_UNREACHABLE);
    }
    assertThat(postgres.rows("select 1")).containsExactly("1");
  }

  private static void stopLater(QueryControl control, long millis) {
    Thread.ofVirtual().start(() -> {
      pause(millis);
      control.stop(QueryIssue.CANCELLED);
    });
  }

  private boolean waitUntilNothingRuns() {
    String running = "select count(*) from pg_stat_activity where state = 'active' and pid <> pg_backend_pid() and application_name = 'sextant'";
    for (int i = 0; i < 50; i++) {
      if (postgres.rows(running).equals(List.of("0"))) {
        return true;
      }
      pause(100);
    }
    return false;
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }
}
