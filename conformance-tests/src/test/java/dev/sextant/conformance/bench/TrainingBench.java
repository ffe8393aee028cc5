// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.bench;

import dev.sextant.model.FeatureView;
import dev.sextant.model.Source;
import dev.sextant.query.ArrowBatches;
import dev.sextant.query.Caller;
import dev.sextant.query.FeatureQuery;
import dev.sextant.query.QueryControl;
import dev.sextant.query.engine.DefaultFeatureEngine;
import dev.sextant.server.boot.OpenProject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.arrow.vector.BigIntVector;

/**
 * Ten features over windows for a tenth as many labelled rows as events, where customers have few events and where they have many: against the best of
 * the ways to write it by hand, and how the time grows with the events. {@code -Dscale} is the most events in millions, 10 by default.
 */
final class TrainingBench {
  private static final int ROUNDS = Integer.getInteger("rounds", 3);
  private static final int HOPELESS = 4;
  private static final int TIMES = 10;
  private static final long MILLION = 1_000_000;
  private static final QueryControl NO_LIMIT = QueryControl.unlimited("bench");

  private TrainingBench() {}

  static void run() throws Exception {
    long most = (long) (MILLION * Double.parseDouble(System.getProperty("scale", "10")));
    Raced sparse = race(TrainingProject.sparse(most / TIMES), TrainingProject.byHand());
    Raced dense = race(TrainingProject.dense(most / TIMES), TrainingProject.byHand());
    growth(sparse, race(TrainingProject.sparse(most), sparse.hopeful()));
    growth(dense, race(TrainingProject.dense(most), dense.hopeful()));
  }

  /** The ways by hand that are not hopelessly slower than the best of them, and how long ours takes in the middle of all rounds. */
  private record Raced(List<TrainingProject.ByHand> hopeful, double millis) {}

  private static void growth(Raced few, Raced many) {
    System.out.printf("  %d times the events take ours %.1f times as long%n", TIMES, many.millis() / few.millis());
  }

  private static Raced race(TrainingProject training, List<TrainingProject.ByHand> byHand) throws Exception {
    Path folder = training.write(Files.createTempDirectory("sextant-bench"));
    try (OpenProject project = OpenProject.once(folder, Map.of(), InstantSource.system())) {
      DefaultFeatureEngine engine = new DefaultFeatureEngine(() -> project.model().model(), project.warehouses());
      FeatureView view = project.model().model().featureView("activity").orElseThrow();
      FeatureQuery query = new FeatureQuery(view, List.of(), new FeatureQuery.Spine.Rows(
          new Source.Table(Optional.empty(), Optional.empty(), "labels"), "main", List.of("customer"), "at_time", List.of("churned")));
      System.out.printf("%n%s: %,d labelled rows, %,d events of %,d customers, 10 features%n", training.name(), training.labels(),
          training.events(), training.customers());
      Timed ours = time(() -> engine.run(query, Caller.ANONYMOUS, NO_LIMIT));
      boolean totals = engine.explain(query, Caller.ANONYMOUS).stages().getLast().text().contains("ASOF JOIN");
      System.out.printf("  %-34s %9.0f ms, %s%n", "ours, first", ours.millis(), totals ? "running totals" : "pairs");
      List<Timed> first = new ArrayList<>();
      for (TrainingProject.ByHand hand : byHand) {
        Timed timed = time(() -> project.warehouses().apply("main").run(hand.sql(), NO_LIMIT));
        System.out.printf("  %-34s %9.0f ms%n", hand.name() + ", first", timed.millis());
        if (timed.sum() != ours.sum()) {
          throw new IllegalStateException(hand.name() + " has other counts");
        }
        first.add(timed);
      }
      int best = IntStream.range(0, first.size()).boxed().min(Comparator.comparing(i -> first.get(i).millis())).orElseThrow();
      TrainingProject.ByHand hand = byHand.get(best);
      List<Double> all = new ArrayList<>();
      Race race = new Race(training.name() + ", " + training.events() + " events");
      race.baseline(hand.name(), () -> time(() -> project.warehouses().apply("main").run(hand.sql(), NO_LIMIT)))
          .against(hand.name(), "ours", () -> all.add(time(() -> engine.run(query, Caller.ANONYMOUS, NO_LIMIT)).millis()))
          .run(0, ROUNDS);
      return new Raced(IntStream.range(0, first.size())
          .filter(i -> first.get(i).millis() < HOPELESS * first.get(best).millis())
          .mapToObj(byHand::get)
          .toList(), all.stream().sorted().skip(all.size() / 2).findFirst().orElseThrow());
    } finally {
      CompileBench.delete(folder);
    }
  }

  /** How long an answer took to the last row, and the sum of its whole numbers. */
  private record Timed(double millis, long sum) {}

  private interface Asking {
    ArrowBatches ask();
  }

  private static Timed time(Asking asking) {
    long started = System.nanoTime();
    long sum = 0;
    try (ArrowBatches rows = asking.ask()) {
      while (rows.loadNext()) {
        for (var vector : rows.root().getFieldVectors()) {
          if (vector instanceof BigIntVector counts && !vector.getName().startsWith("customer")) {
            for (int i = 0; i < rows.root().getRowCount(); i++) {
              sum += counts.isNull(i) ? 0 : counts.get(i);
            }
          }
        }
      }
    }
    return new Timed((System.nanoTime() - started) / 1e6, sum);
  }
}
