// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Clients that ask questions, each one after the other in an order of its own, all at the same time. */
final class Load {
  private static final long SEED = 6;

  private final int questions;
  private final Supplier<Client> clients;

  /** Every client is one of its own; {@code questions} tells how many there are. */
  Load(int questions, Supplier<Client> clients) {
    this.questions = questions;
    this.clients = clients;
  }

  /** One that asks. */
  interface Client extends AutoCloseable {

    /** Asks a question by its place; false where it was told to come back. */
    boolean ask(int question) throws Exception;
  }

  /** What came of it: questions answered per second, and what half and 99 % of them took at most, in milliseconds. */
  record Outcome(double perSecond, double median, double p99, int busy) {}

  /** What one client saw. */
  private record Seen(List<Double> millis, int busy) {}

  /** Asks each question once. */
  Load warmedUp() throws Exception {
    try (Client client = clients.get()) {
      for (int i = 0; i < questions; i++) {
        client.ask(i);
      }
    }
    return this;
  }

  Outcome run(int many, Duration time) throws Exception {
    long started = System.nanoTime();
    long until = started + time.toNanos();
    List<Future<Seen>> running = new ArrayList<>();
    List<Double> millis = new ArrayList<>();
    int busy = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(many)) {
      for (int i = 0; i < many; i++) {
        Random random = new Random(SEED + i);
        running.add(threads.submit(() -> askUntil(until, random)));
      }
      for (Future<Seen> one : running) {
        millis.addAll(one.get().millis());
        busy += one.get().busy();
      }
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    Collections.sort(millis);
    return new Outcome(millis.size() / seconds, at(millis, 0.5), at(millis, 0.99), busy);
  }

  private static double at(List<Double> sorted, double share) {
    return sorted.get((int) Math.min(sorted.size() - 1L, Math.floor(sorted.size() * share)));
  }

  private Seen askUntil(long until, Random random) throws Exception {
    List<Double> millis = new ArrayList<>();
    int busy = 0;
    List<Integer> mine = new ArrayList<>(IntStream.range(0, questions).boxed().toList());
    try (Client client = clients.get()) {
      while (System.nanoTime() < until) {
        Collections.shuffle(mine, random);
        for (int question : mine) {
          if (System.nanoTime() >= until) {
            break;
          }
          long started = System.nanoTime();
          if (client.ask(question)) {
            millis.add((System.nanoTime() - started) / 1e6);
          } else {
            busy++;
          }
        }
      }
    }
    return new Seen(millis, busy);
  }
}
