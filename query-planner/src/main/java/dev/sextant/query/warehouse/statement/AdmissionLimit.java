// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.statement;

import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryIssue;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets a fixed number of statements run in a warehouse at once and a fixed number wait. Of those who wait, the asker with the fewest statements
 * running has the next turn, and of these the one whose last turn is longest ago; each one's own statements go first come, first served. When
 * the queue is full, a statement of the asker with the most waiting has to go: nobody keeps others out by asking much.
 */
public final class AdmissionLimit {
  private final String warehouse;
  private final int mostWaiting;
  /** In the order of their last turns. */
  private final Map<String, Party> parties = new LinkedHashMap<>();
  private int free;
  private int waiting;

  /** What one asker has running and waiting. */
  private static final class Party {
    private final String asker;
    private final Deque<CompletableFuture<Permit>> queue = new ArrayDeque<>();
    private int running;

    private Party(String asker) {
      this.asker = asker;
    }
  }

  /** The right to run one statement; closing it lets the next one in. */
  public final class Permit implements AutoCloseable {
    private final AtomicBoolean held = new AtomicBoolean(true);
    private final Party party;

    private Permit(Party party) {
      this.party = party;
    }

    @Override
    public void close() {
      if (held.getAndSet(false)) {
        release(party);
      }
    }
  }

  public AdmissionLimit(String warehouse, int mostRunning, int mostWaiting) {
    this.warehouse = warehouse;
    this.mostWaiting = mostWaiting;
    this.free = mostRunning;
  }

  /** Waits for its turn; throws {@code QUEUE_FULL} when too many wait, and the query's own reason when it is stopped meanwhile. */
  public Permit admit(QueryControl control) {
    CompletableFuture<Permit> turn = enter(control.asker());
    control.onStop(() -> turn.cancel(false));
    try {
      return turn.join();
    } catch (CancellationException stopped) {
      leave(control.asker(), turn);
      control.check();
      throw stopped;
    } catch (CompletionException refused) {
      throw refused.getCause() instanceof SextantException full ? full : refused;
    }
  }

  private synchronized CompletableFuture<Permit> enter(String asker) {
    Party party = parties.computeIfAbsent(asker, Party::new);
    CompletableFuture<Permit> turn = new CompletableFuture<>();
    if (free > 0) {
      start(party, turn);
      return turn;
    }
    if (waiting >= mostWaiting) {
      makeRoom(party);
    }
    party.queue.add(turn);
    waiting++;
    return turn;
  }

  /** Refuses the statement that came last of the asker with the most waiting, which may be the one that just comes. */
  private void makeRoom(Party coming) {
    Optional<Party> longest = parties.values().stream().max(Comparator.comparingInt(party -> party.queue.size()));
    SextantException full = new SextantException(Issue.of(QueryIssue.QUEUE_FULL, Position.NOWHERE,
        "warehouse '" + warehouse + "' is busy and " + mostWaiting + " statements wait already; try again later"));
    if (longest.isEmpty() || longest.get().queue.size() <= coming.queue.size() + 1) {
      forgetIdle(coming);
      throw full;
    }
    longest.get().queue.removeLast().completeExceptionally(full);
    waiting--;
    forgetIdle(longest.get());
  }

  private boolean start(Party party, CompletableFuture<Permit> turn) {
    if (!turn.complete(new Permit(party))) {
      return false;
    }
    free--;
    party.running++;
    parties.remove(party.asker);
    parties.put(party.asker, party);
    return true;
  }

  private synchronized void leave(String asker, CompletableFuture<Permit> turn) {
    Optional.ofNullable(parties.get(asker)).filter(party -> party.queue.remove(turn)).ifPresent(party -> {
      waiting--;
      forgetIdle(party);
    });
  }

  private void forgetIdle(Party party) {
    if (party.running == 0 && party.queue.isEmpty()) {
      parties.remove(party.asker, party);
    }
  }

  private synchronized void release(Party party) {
    free++;
    party.running--;
    while (free > 0 && waiting > 0) {
      Party next = parties.values()
          .stream()
          .filter(one -> !one.queue.isEmpty())
          .min(Comparator.comparingInt(one -> one.running))
          .orElseThrow();
      CompletableFuture<Permit> turn = next.queue.remove();
      waiting--;
      if (!start(next, turn)) {
        forgetIdle(next);
      }
    }
    forgetIdle(party);
  }
}
