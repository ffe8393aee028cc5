// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import dev.sextant.activation.ActivationIssue;
import dev.sextant.activation.Activity;
import dev.sextant.activation.Reject;
import dev.sextant.activation.RunState;
import dev.sextant.activation.SyncLedger.Entry;
import dev.sextant.activation.sync.Provider.Answer;
import dev.sextant.activation.sync.Provider.Request;
import dev.sextant.model.SextantException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Every fault of every provider that can show it: what becomes of the rows, the counters and the run. */
class FaultTableTest {
  private static final String ROWS = "select * from (values (1, 'a@x', 10.50), (2, 'b@x', 2.00), (3, 'c@x', 7.00)) t(customer, email, revenue)";
  private static final Answer EMPTY = new Answer(200, "{}");

  @TempDir private Path folder;
  private final Map<String, String> kept = new LinkedHashMap<>();
  private final RememberedLedger ledger = new RememberedLedger();
  private final AtomicInteger writes = new AtomicInteger();

  /** What happens instead of, or after, the first write. */
  enum Passing {
    TOO_MANY_REQUESTS {
      @Override
      Answer instead(Fake fake, Request request, Map<String, String> kept) {
        return new Answer(429, "", Map.of("Retry-After", "0"), Duration.ZERO);
      }
    },
    UNAVAILABLE {
      @Override
      Answer instead(Fake fake, Request request, Map<String, String> kept) {
        return new Answer(503, "");
      }
    },
    TIMED_OUT_AFTER_COMMIT {
      @Override
      Answer instead(Fake fake, Request request, Map<String, String> kept) {
        return fake.take(request, kept, "").later(Duration.ofMillis(1300));
      }
    },
    SILENT {
      @Override
      Answer instead(Fake fake, Request request, Map<String, String> kept) {
        return EMPTY;
      }
    };

    abstract Answer instead(Fake fake, Request request, Map<String, String> kept);
  }

  static Stream<Arguments> passing() {
    return Arrays.stream(Fake.values())
        .flatMap(fake -> Arrays.stream(Passing.values())
            .filter(fault -> fault != Passing.SILENT || fake != Fake.WEBHOOK)
            .map(fault -> Arguments.of(fake, fault)));
  }

  @ParameterizedTest
  @MethodSource("passing")
  void whatPassesLosesNothing(Fake fake, Passing fault) throws IOException {
    AtomicBoolean done = new AtomicBoolean();
    try (Provider provider = new Provider(request -> fake.writes(request) && done.compareAndSet(false, true)
        ? fault.instead(fake, request, kept)
        : fake.take(request, kept, ""))) {
      TestRun run = new TestRun();
      Activity.Outcome outcome = syncing(fake, provider).run(ROWS, run);
      assertThat(outcome.state()).isEqualTo(RunState.SUCCEEDED);
      assertThat(outcome.report().counters()).containsEntry("sent", 3L).containsEntry("accepted", 3L).containsEntry("rejected", 0L);
      assertThat(outcome.report().count("retried")).isGreaterThanOrEqualTo(1);
      assertThat(run.rejects()).isEmpty();
      everythingIsThere();
      assertThat(syncing(fake, provider).run(ROWS).state()).isEqualTo(RunState.SUCCEEDED);
    }
  }

  @ParameterizedTest
  @EnumSource(Fake.class)
  void aRefusedRowIsRejectedWithTheProvidersWordsAndTriedAgainByTheNextRun(Fake fake) throws IOException {
    AtomicBoolean refusing = new AtomicBoolean(true);
    try (Provider provider = new Provider(request -> fake.take(request, kept, refusing.get() ? "b@x" : ""))) {
      Syncing syncing = syncing(fake, provider);
      TestRun run = new TestRun();
      Activity.Outcome outcome = syncing.run(ROWS, run);
      assertThat(outcome.state()).isEqualTo(RunState.SUCCEEDED_WITH_REJECTS);
      assertThat(outcome.report().counters()).containsEntry("accepted", 2L).containsEntry("rejected", 1L);
      assertThat(run.rejects()).extracting(Reject::key).containsExactly("[2]");
      assertThat(run.rejects().getFirst().message()).containsAnyOf("bad row", "msg_too_long", "more than the maximum of 50000 characters");
      assertThat(kept).containsKeys("a@x", "c@x").doesNotContainKey("b@x");
      refusing.set(false);
      assertThat(syncing.run(ROWS).report().counters()).containsEntry("unchanged", 2L).containsEntry("accepted", 1L);
      everythingIsThere();
    }
  }

  @ParameterizedTest
  @EnumSource(Fake.class)
  void anExpiredTokenEndsTheRunAfterOneRequestAndNamesTheReason(Fake fake) throws IOException {
    AtomicBoolean expired = new AtomicBoolean(true);
    try (Provider provider = new Provider(request -> expired.get() ? new Answer(401, "{\"message\": \"token expired\"}")
        : fake.take(request, kept, ""))) {
      Syncing syncing = syncing(fake, provider);
      SextantException failure = catchThrowableOfType(SextantException.class, () -> syncing.run(ROWS));
      assertThat(failure.issue().code()).isEqualTo(ActivationIssue.DESTINATION_DENIED);
      assertThat(failure).hasMessageContaining("401").hasMessageContaining("token expired");
      assertThat(provider.requests()).hasSize(1);
      expired.set(false);
      assertThat(syncing.run(ROWS).state()).isEqualTo(RunState.SUCCEEDED);
      everythingIsThere();
    }
  }

  /** Two writes are allowed in every half second. */
  @ParameterizedTest
  @EnumSource(value = Fake.class, names = {"SLACK", "KLAVIYO", "INTERCOM"})
  void aQuotaWindowIsWaitedForAndCostsNoAttempt(Fake fake) throws IOException {
    Instant[] window = {Instant.EPOCH};
    try (Provider provider = new Provider(request -> {
      Instant now = Instant.now();
      if (window[0].plusMillis(500).isBefore(now)) {
        window[0] = now;
        writes.set(0);
      }
      return writes.incrementAndGet() > 2 ? new Answer(429, "", Map.of("Retry-After", "0"), Duration.ofMillis(60))
          : fake.take(request, kept, "");
    })) {
      Activity.Outcome outcome = syncing(fake, provider).run(ROWS);
      assertThat(outcome.state()).isEqualTo(RunState.SUCCEEDED);
      assertThat(outcome.report().counters()).containsEntry("accepted", 3L);
      assertThat(outcome.report().count("retried")).as("more than the three attempts a batch has").isGreaterThan(3);
      everythingIsThere();
    }
  }

  @ParameterizedTest
  @EnumSource(value = Fake.class, names = {"HUBSPOT", "SALESFORCE", "SLACK", "KLAVIYO", "INTERCOM"})
  void everyRowIsKnownByTheIdThatTheProviderGaveIt(Fake fake) throws IOException {
    try (Provider provider = new Provider(request -> fake.take(request, kept, ""))) {
      Syncing syncing = syncing(fake, provider);
      syncing.run(ROWS);
      assertThat(syncing.ledger().after("crm", 0, 10)).extracting(Entry::key, Entry::remoteId)
          .containsExactlyInAnyOrder(tuple(1, "a@x"), tuple(2, "b@x"), tuple(3, "c@x"));
    }
  }

  private static org.assertj.core.groups.Tuple tuple(int key, String email) {
    return org.assertj.core.groups.Tuple.tuple("[" + key + "]", Optional.of("id-" + email));
  }

  private Syncing syncing(Fake fake, Provider provider) {
    return Syncing.of(folder, fake.type(), fake.options(provider.url())).with(ledger);
  }

  private void everythingIsThere() {
    assertThat(kept.keySet()).containsAll(List.of("a@x", "b@x", "c@x"));
    assertThat(kept.keySet().stream().filter(key -> key.startsWith("line"))).hasSizeLessThanOrEqualTo(3);
  }
}
