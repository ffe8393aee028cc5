// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import dev.sextant.activation.DeliveryFailure;
import dev.sextant.activation.Destination;
import dev.sextant.activation.Destination.Batch;
import dev.sextant.activation.sync.Provider.Answer;
import dev.sextant.activation.sync.destination.Destinations;
import dev.sextant.model.DestinationConfig;
import dev.sextant.model.Position;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** A provider's limit is that of a credential: whoever uses it waits when one was told to, on every server of a store. */
class SharedWaitsTest {
  private static final Batch BATCH = new Batch("b", "crm", "run-1", Optional.empty(), Optional.empty(),
      List.of(new Destination.Row(Destination.Operation.UPSERT, "[1]", Map.of("customer", 1), Map.of("email", "a@x"), Optional.empty())));

  @TempDir private Path folder;
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private final AtomicReference<Answer> answer = new AtomicReference<>(new Answer(204, ""));

  private Destination open(SharedWaits waits, String name, String url, String secret) {
    DestinationConfig config = new DestinationConfig(name, "webhook", Map.of("url", url, "secret", secret), Position.NOWHERE);
    return waits.heeding(config, Destinations.open(config, Syncing.of(folder, "webhook", Map.of()).sync(), folder, InstantSource.system()));
  }

  private static DeliveryFailure failure(Destination destination) {
    return catchThrowableOfType(DeliveryFailure.class, () -> destination.deliver(BATCH));
  }

  @Test
  void aSyncWaitsWhenAnotherWithTheSameCredentialWasAskedTo() throws Exception {
    RememberedLedger store = new RememberedLedger();
    SharedWaits waits = new SharedWaits(store, now::get);
    try (Provider provider = new Provider(request -> answer.get());
        Destination one = open(waits, "one", provider.url(), "shared");
        Destination same = open(waits, "same credential, other name", provider.url(), "shared");
        Destination elsewhere = open(new SharedWaits(store, now::get), "one", provider.url(), "shared");
        Destination other = open(waits, "other", provider.url(), "own")) {
      answer.set(new Answer(429, "", Map.of("Retry-After", "30"), Duration.ZERO));
      assertThat(failure(one).advice()).isEqualTo(DeliveryFailure.Advice.WAIT);
      answer.set(new Answer(204, ""));
      now.set(now.get().plusSeconds(10));
      assertThat(failure(same).advice()).isEqualTo(DeliveryFailure.Advice.WAIT);
      assertThat(failure(same).after()).contains(Duration.ofSeconds(20));
      assertThat(failure(one).after()).contains(Duration.ofSeconds(20));
      assertThat(failure(elsewhere).after()).contains(Duration.ofSeconds(20));
      assertThat(provider.requests()).as("who waits asks nothing").hasSize(1);
      assertThat(other.deliver(BATCH)).hasSize(1);
      now.set(now.get().plusSeconds(20));
      assertThat(same.deliver(BATCH)).hasSize(1);
      assertThat(provider.requests()).hasSize(3);
    }
  }
}
