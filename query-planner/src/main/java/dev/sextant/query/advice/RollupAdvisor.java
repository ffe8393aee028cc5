// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.advice;

import dev.sextant.model.Definitions;
import dev.sextant.model.Rollup;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.SextantException;
import dev.sextant.query.BoundQuery;
import dev.sextant.query.Caller;
import dev.sextant.query.LoggedQuery;
import dev.sextant.query.RollupAdvice;
import dev.sextant.query.bind.QueryBinder;
import dev.sextant.query.rollup.Wish;
import dev.sextant.query.rollup.Wishes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Proposes rollups for what a log shows to be asked. Candidates are the smallest rollup of each question and what two questions can share; the
 * router tells which questions each would answer, and a greedy choice takes those that save most rows. Shares are counted with the router, too.
 */
public final class RollupAdvisor {
  /** What saves less than this share of all rows is not worth a table. */
  private static final double LEAST = 0.01;
  /** Nor is one with more than this share of the rows it stands for. */
  private static final double LARGEST = 0.5;
  private static final int MOST_MEASURED = 12;

  private final SemanticModel model;
  private final RowCounts counts;
  private final Caller caller;

  /** {@code counts} tells how large tables and groups are; the questions are understood as {@code caller} would ask them. */
  public RollupAdvisor(SemanticModel model, RowCounts counts, Caller caller) {
    this.model = model;
    this.counts = counts;
    this.caller = caller;
  }

  /** A question that declared rollups do not answer in full, and what each of its parts wishes for. */
  private record Open(LoggedQuery logged, BoundQuery bound, List<Optional<Wish>> wishes) {}

  /** At most {@code most} rollups. */
  public RollupAdvice advise(List<LoggedQuery> log, int most) {
    HeldParts declared = new HeldParts(model, new LinkedHashMap<>());
    List<Open> open = new ArrayList<>();
    long answered = 0;
    long foreign = 0;
    for (LoggedQuery logged : log) {
      Optional<Open> one = understood(logged);
      if (one.isEmpty() || one.get().wishes().stream().allMatch(Optional::isEmpty)) {
        foreign += logged.times();
      } else if (declared.answers(one.get().bound()).isPresent()) {
        answered += logged.times();
      } else {
        open.add(one.get());
      }
    }
    List<RollupAdvice.Proposal> proposals = open.isEmpty() ? List.of() : proposals(log, open, most);
    return new RollupAdvice(proposals, log.stream().mapToLong(LoggedQuery::times).sum(), answered, foreign);
  }

  private Optional<Open> understood(LoggedQuery logged) {
    try {
      BoundQuery bound = new QueryBinder(model).bind(logged.query(), caller);
      return Optional.of(new Open(logged, bound, Wishes.of(bound)));
    } catch (SextantException outdated) {
      return Optional.empty();
    }
  }

  private List<RollupAdvice.Proposal> proposals(List<LoggedQuery> log, List<Open> open, int most) {
    Map<String,
        Wish> candidates = named(Wishes.candidates(open.stream().flatMap(one -> one.wishes().stream().flatMap(Optional::stream)).toList()));
    Map<String, Long> sizes = new LinkedHashMap<>();
    candidates.forEach((name, wish) -> sizes.put(name, counts.atMost(wish)));
    List<Rollup> rollups = new ArrayList<>();
    candidates.forEach((name, wish) -> rollups.add(renamed(wish.rollup(), name)));
    HeldParts held = new HeldParts(with(rollups), sizes);
    Map<String, List<Integer>> holds = new LinkedHashMap<>();
    List<GreedyChoice.Demand> demands = new ArrayList<>();
    for (Open one : open) {
      List<Set<String>> parts = held.parts(one.bound());
      for (int i = 0; i < parts.size(); i++) {
        int place = demands.size();
        parts.get(i)
            .stream()
            .filter(candidates::containsKey)
            .forEach(name -> holds.computeIfAbsent(name, any -> new ArrayList<>()).add(place));
        demands.add(new GreedyChoice.Demand(one.logged().times(), one.wishes().get(i).map(wish -> counts.rows(wish.dataset())).orElse(0L)));
      }
    }
    List<String> chosen = chosen(candidates, sizes, holds, demands, most);
    return shares(log, open, rollups.stream().filter(rollup -> chosen.contains(rollup.name())).toList(), chosen, sizes);
  }

  private static Map<String, Wish> named(List<Wish> wishes) {
    Map<String, Wish> named = new LinkedHashMap<>();
    for (Wish wish : wishes) {
      String name = wish.rollup().name();
      String free = name;
      for (int i = 2; named.containsKey(free); i++) {
        free = name + "_" + i;
      }
      named.put(free, wish);
    }
    return named;
  }

  private static Rollup renamed(Rollup rollup, String name) {
    return new Rollup(name, rollup.metrics(), rollup.dimensions(), rollup.grain(), rollup.filters(), rollup.partitionBy(), rollup.refresh(),
        rollup.store(), rollup.approximate(), rollup.documentation(), rollup.position());
  }

  private SemanticModel with(List<Rollup> more) {
    Definitions all = model.definitions();
    List<Rollup> rollups = new ArrayList<>(all.rollups());
    rollups.addAll(more);
    return new SemanticModel(model.project(),
        new Definitions(all.datasets(), all.metrics(), all.timeSpines(), all.savedQueries(), all.views(),
            rollups, all.featureViews(), all.featureServices(), all.trainingSets(), all.syncs(), all.accessPolicies()));
  }

  /** Chooses by estimates, counts what was chosen, and chooses again until all that is chosen was counted. */
  private List<String> chosen(Map<String, Wish> candidates, Map<String, Long> sizes, Map<String, List<Integer>> holds,
      List<GreedyChoice.Demand> demands, int most) {
    Set<String> counted = new HashSet<>();
    while (true) {
      List<String> names = holds.keySet().stream().filter(name -> isSmall(candidates.get(name), sizes.getOrDefault(name, 0L))).toList();
      List<GreedyChoice.View> views = names.stream()
          .map(name -> new GreedyChoice.View(sizes.getOrDefault(name, 0L), holds.getOrDefault(name, List.of())))
          .toList();
      List<String> chosen = GreedyChoice.of(views, demands, most, LEAST).stream().map(names::get).toList();
      List<String> estimated = chosen.stream().filter(name -> !counted.contains(name)).toList();
      if (estimated.isEmpty() || counted.size() >= MOST_MEASURED) {
        return chosen;
      }
      estimated.forEach(name -> sizes.put(name, counts.groups(Objects.requireNonNull(candidates.get(name)))));
      counted.addAll(estimated);
    }
  }

  private boolean isSmall(@Nullable Wish wish, long size) {
    return wish != null && size <= LARGEST * counts.rows(wish.dataset());
  }

  private List<RollupAdvice.Proposal> shares(List<LoggedQuery> log, List<Open> open, List<Rollup> rollups, List<String> chosen,
      Map<String, Long> sizes) {
    HeldParts held = new HeldParts(with(rollups), sizes);
    double asked = log.stream().mapToLong(LoggedQuery::times).sum();
    double took = Math.max(1, log.stream().mapToLong(one -> one.took().toNanos()).sum());
    double rows = open.stream().mapToDouble(this::rows).sum();
    Map<String, double[]> sums = new LinkedHashMap<>();
    chosen.forEach(name -> sums.put(name, new double[3]));
    for (Open one : open) {
      List<Optional<String>> used = held.used(one.bound());
      boolean whole = used.stream().allMatch(Optional::isPresent);
      Set<String> all = used.stream().flatMap(Optional::stream).filter(sums::containsKey).collect(Collectors.toSet());
      for (String name : all) {
        double[] sum = sums.getOrDefault(name, new double[3]);
        sum[0] += whole ? (double) one.logged().times() / all.size() : 0;
        sum[2] += whole ? (double) one.logged().took().toNanos() / all.size() : 0;
      }
      IntStream.range(0, used.size())
          .forEach(i -> used.get(i)
              .filter(sums::containsKey)
              .ifPresent(name -> sums.getOrDefault(name, new double[3])[1] += one.logged().times()
                  * Math.max(0, rows(one.wishes().get(i)) - sizes.getOrDefault(name, 0L))));
    }
    return chosen.stream().map(name -> {
      double[] sum = sums.getOrDefault(name, new double[3]);
      Rollup rollup = rollups.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
      return new RollupAdvice.Proposal(rollup, sizes.getOrDefault(name, 0L), sum[0] / asked, sum[1] / Math.max(1, rows), sum[2] / took);
    }).toList();
  }

  private double rows(Open one) {
    return one.logged().times() * one.wishes().stream().mapToDouble(this::rows).sum();
  }

  private long rows(Optional<Wish> wish) {
    return wish.map(one -> counts.rows(one.dataset())).orElse(0L);
  }
}
