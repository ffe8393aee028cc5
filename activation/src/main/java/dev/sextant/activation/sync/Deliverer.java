// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.sextant.activation.ActivationIssue;
import dev.sextant.activation.DeliveryFailure;
import dev.sextant.activation.DeliveryFailure.Advice;
import dev.sextant.activation.Destination;
import dev.sextant.activation.Destination.Batch;
import dev.sextant.activation.Destination.Row;
import dev.sextant.activation.Destination.RowResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Brings one batch to its destination: tries again what may pass, waits when asked to, and halves what is refused to find the rows at fault. */
final class Deliverer {

  /** How often and how soon: attempts of a batch, the first pause, the longest pause, and how long rate limits are waited for in all. */
  record Patience(int attempts, Duration first, Duration longest, Duration rateLimit) {
    static final Patience DEFAULT = new Patience(5, Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofHours(1));
  }

  private static final double JITTER = 0.3;

  private final Destination destination;
  private final Function<List<Row>, Batch> batches;
  private final RetryPolicy<Object> again;
  private final RetryPolicy<Object> wait;
  private long attempts;
  private long calls;
  private long before;

  /** {@code batches} gives rows the id that their content has. */
  Deliverer(Destination destination, Function<List<Row>, Batch> batches, Patience patience) {
    this.destination = destination;
    this.batches = batches;
    this.again = RetryPolicy.builder()
        .handleIf(failure -> advises(failure, Advice.RETRY))
        .withBackoff(patience.first(), patience.longest())
        .withJitter(JITTER)
        .withMaxAttempts(patience.attempts())
        .build();
    this.wait = RetryPolicy.builder()
        .handleIf(failure -> advises(failure, Advice.WAIT))
        .withDelayFnOn(context -> asked(context.getLastException(), patience.first()), DeliveryFailure.class)
        .withMaxAttempts(-1)
        .withMaxDuration(patience.rateLimit())
        .build();
  }

  private static boolean advises(Throwable failure, Advice advice) {
    return failure instanceof DeliveryFailure delivery && delivery.advice() == advice;
  }

  private static Duration asked(Throwable failure, Duration otherwise) {
    return failure instanceof DeliveryFailure delivery ? delivery.after().orElse(otherwise) : otherwise;
  }

  /** How often batches were sent more than once. */
  long retried() {
    return attempts - calls;
  }

  /** How often the last batch was sent, its parts included. */
  int lastAttempts() {
    return (int) (attempts - before);
  }

  /** One result a row, none of them {@link RowResult.Again}. A destination that is out of reach ends the run. */
  List<RowResult> deliver(List<Row> rows) {
    before = attempts;
    return send(rows);
  }

  private List<RowResult> send(List<Row> rows) {
    Round round = new Round(rows);
    calls++;
    try {
      Failsafe.with(wait, again).run(() -> {
        attempts++;
        round.send();
      });
      return round.results();
    } catch (FailsafeException wrapped) {
      if (wrapped.getCause() instanceof DeliveryFailure failure) {
        return ended(round, failure);
      }
      if (wrapped.getCause() instanceof InterruptedException) {
        Thread.currentThread().interrupt();
        throw ActivationIssue.RUN_CANCELLED.because("The run was cancelled.");
      }
      throw wrapped;
    }
  }

  private List<RowResult> ended(Round round, DeliveryFailure failure) {
    if (round.isPartlyDone()) {
      return round.givenUp(failure);
    }
    return switch (failure.advice()) {
      case SPLIT -> split(round.rows, failure);
      case RETRY, WAIT -> throw ActivationIssue.DESTINATION_UNREACHABLE.because(
          failure.words() + " The rows that are left are sent by the next run.", failure);
      case GIVE_UP -> throw (failure.status() == 401 || failure.status() == 403 ? ActivationIssue.DESTINATION_DENIED
          : ActivationIssue.DESTINATION_REFUSED).because(failure.words(), failure);
    };
  }

  private List<RowResult> split(List<Row> rows, DeliveryFailure failure) {
    if (rows.size() == 1) {
      return List.of(new RowResult.Rejected(failure.status(), failure.code(), failure.words()));
    }
    int middle = rows.size() / 2;
    List<RowResult> results = new ArrayList<>(send(rows.subList(0, middle)));
    results.addAll(send(rows.subList(middle, rows.size())));
    return results;
  }

  /** A batch over its attempts: later ones send only the rows that were put off. */
  private final class Round {
    private final List<Row> rows;
    private final List<Optional<RowResult>> results;

    private Round(List<Row> rows) {
      this.rows = List.copyOf(rows);
      this.results = new ArrayList<>(Collections.nCopies(rows.size(), Optional.empty()));
    }

    private void send() throws DeliveryFailure {
      List<Integer> open = new ArrayList<>();
      for (int i = 0; i < rows.size(); i++) {
        if (results.get(i).isEmpty()) {
          open.add(i);
        }
      }
      List<RowResult> told = destination.deliver(batches.apply(open.stream().map(rows::get).toList()));
      if (told.size() != open.size()) {
        throw new DeliveryFailure(Advice.GIVE_UP, 0, "WRONG_COUNT",
            "The destination answered for " + told.size() + " of " + open.size() + " rows.", Optional.empty());
      }
      Optional<RowResult.Again> putOff = Optional.empty();
      for (int i = 0; i < told.size(); i++) {
        if (told.get(i) instanceof RowResult.Again later) {
          putOff = Optional.of(later);
        } else {
          results.set(open.get(i), Optional.of(told.get(i)));
        }
      }
      if (putOff.isPresent()) {
        throw new DeliveryFailure(Advice.RETRY, putOff.get().status(), "PUT_OFF", putOff.get().message(), Optional.empty());
      }
    }

    private boolean isPartlyDone() {
      return results.stream().anyMatch(Optional::isPresent);
    }

    private List<RowResult> results() {
      return results.stream().map(Optional::orElseThrow).toList();
    }

    private List<RowResult> givenUp(DeliveryFailure failure) {
      RowResult rejected = new RowResult.Rejected(failure.status(), failure.code(), failure.words());
      return results.stream().map(result -> result.orElse(rejected)).toList();
    }
  }
}
