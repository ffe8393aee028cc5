// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import dev.sextant.activation.DeliveryFailure;
import dev.sextant.activation.DeliveryFailure.Advice;
import dev.sextant.activation.Destination;
import dev.sextant.activation.SyncLedger;
import dev.sextant.activation.run.Hashes;
import dev.sextant.model.DestinationConfig;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Until when providers asked to wait. Their limits are those of a credential, so all that use it wait, not only who was told, on whichever
 * server of the store.
 */
record SharedWaits(SyncLedger ledger, InstantSource clock) {
  private static final Duration UNTOLD = Duration.ofSeconds(1);
  private static final List<String> CREDENTIAL = List.of("client_id", "client_secret", "password", "secret", "token", "url", "user");

  /** The same destination, which waits with all others of the same type, address and credential. */
  Destination heeding(DestinationConfig config, Destination destination) {
    Map<String, String> own = new TreeMap<>(config.options());
    own.keySet().retainAll(CREDENTIAL);
    return new Heeding(destination, Hashes.sha256(config.type() + own));
  }

  private final class Heeding implements Destination {
    private final Destination inner;
    private final String credential;

    private Heeding(Destination inner, String credential) {
      this.inner = inner;
      this.credential = credential;
    }

    @Override
    public void expect(long rows) {
      inner.expect(rows);
    }

    @Override
    public int batchSize() {
      return inner.batchSize();
    }

    @Override
    public Set<Operation> operations() {
      return inner.operations();
    }

    @Override
    public List<RowResult> deliver(Batch batch) throws DeliveryFailure {
      Duration left = Duration.between(clock.instant(), ledger.waitsUntil(credential));
      if (left.isPositive()) {
        throw new DeliveryFailure(Advice.WAIT, 429, "RATE_LIMIT", "The provider has asked another run with the same credential to wait.",
            Optional.of(left));
      }
      try {
        return inner.deliver(batch);
      } catch (DeliveryFailure failure) {
        if (failure.advice() == Advice.WAIT) {
          ledger.makeWait(credential, clock.instant().plus(failure.after().orElse(UNTOLD)));
        }
        throw failure;
      }
    }

    @Override
    public void close() {
      inner.close();
    }
  }
}
