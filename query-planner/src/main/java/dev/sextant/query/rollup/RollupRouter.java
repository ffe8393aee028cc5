// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.rollup;

import dev.sextant.model.CustomGrain;
import dev.sextant.model.Dataset;
import dev.sextant.model.Measure;
import dev.sextant.query.BuiltRollup;
import dev.sextant.query.RollupCatalog;
import dev.sextant.query.plan.branch.BranchRows;
import dev.sextant.query.plan.branch.Routes;
import dev.sextant.query.plan.rows.MemberKey;
import dev.sextant.query.plan.rows.RolledUp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Chooses for each branch of one question the rollup with the fewest rows that holds all it needs, and remembers why. */
public final class RollupRouter implements Routes {
  private static final String INEXACT = "it has estimates only, and exact numbers are asked for";

  private final Surroundings surroundings;
  private final boolean besideOnly;
  private final List<Decision> decisions;
  private final List<Instant> expiries;

  /**
   * What a choice depends on beside the branch. {@code exists} tells whether a table is still there; {@code comparesByBytes} whether the rows of a
   * warehouse can be compared in a store of their own; {@code thorough} asks for a verdict on every rollup and not for the best one only,
   * {@code exact} for no estimates.
   */
  public record Surroundings(RollupIndex index, RollupCatalog catalog, Instant now, Optional<Duration> maxAge,
      Predicate<BuiltRollup.Table> exists, Predicate<String> comparesByBytes, boolean thorough, boolean exact) {}

  public RollupRouter(Surroundings surroundings) {
    this(surroundings, false, new ArrayList<>(), new ArrayList<>());
  }

  private RollupRouter(Surroundings surroundings, boolean besideOnly, List<Decision> decisions, List<Instant> expiries) {
    this.surroundings = surroundings;
    this.besideOnly = besideOnly;
    this.decisions = decisions;
    this.expiries = expiries;
  }

  @Override
  public Routes beside() {
    return new RollupRouter(surroundings, true, decisions, expiries);
  }

  /** What was decided so far, in the order of the branches. */
  public List<Decision> decisions() {
    return List.copyOf(decisions);
  }

  /** When the first of the rollups that are read stops serving, if one does. */
  public Optional<Instant> expires() {
    return expiries.stream().min(Comparator.naturalOrder());
  }

  /** A table that fits, with what is built of it. */
  private record Candidate(RollupTable table, TableFit fit, BuiltRollup built, BuildFit build) {
    long rows() {
      return built.tables().get(table.place()).rows();
    }
  }

  @Override
  public Optional<RolledUp> route(BranchRows branch) {
    List<RollupTable> tables = concerned(branch);
    if (tables.isEmpty()) {
      decisions.add(new Decision(List.copyOf(branch.branch().measures().keySet()), List.of()));
      return Optional.empty();
    }
    Needs needs = Needs.of(branch);
    PolicyFit policies = PolicyFit.of(needs);
    Map<String, Verdict> verdicts = new LinkedHashMap<>();
    List<Candidate> candidates = new ArrayList<>();
    for (RollupTable table : tables) {
      verdict(table, needs, policies, candidates).ifPresent(reason -> reject(table, reason, verdicts));
    }
    candidates.sort(Comparator.comparingLong(Candidate::rows));
    Optional<RolledUp> chosen = chosen(candidates, policies, verdicts);
    decisions.add(new Decision(List.copyOf(branch.branch().measures().keySet()), List.copyOf(verdicts.values())));
    return chosen;
  }

  /** Of the tables that hold one of the measures, or in a thorough search of all of the dataset. */
  private List<RollupTable> concerned(BranchRows branch) {
    Collection<Measure> all = branch.branch().measures().values();
    List<Measure> measures = surroundings.thorough() ? List.copyOf(all) : all.stream().limit(1).toList();
    Set<RollupTable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<RollupTable> tables = new ArrayList<>();
    for (Measure measure : measures) {
      for (RollupTable table : surroundings.index().holding(measure)) {
        boolean sameTime = table.branch().key().timeDimension().equals(branch.branch().key().timeDimension());
        if (sameTime && seen.add(table)) {
          tables.add(table);
        }
      }
    }
    return tables;
  }

  /** Where one of a rollup's tables fits, nothing is said of the others, and one that would do for estimates tells most. */
  private static void reject(RollupTable table, String reason, Map<String, Verdict> verdicts) {
    Verdict verdict = new Verdict.Reject(table.rollup().name(), reason);
    if (reason.equals(INEXACT)) {
      verdicts.put(table.rollup().name(), verdict);
    } else {
      verdicts.putIfAbsent(table.rollup().name(), verdict);
    }
  }

  private Optional<String> verdict(RollupTable table, Needs needs, PolicyFit policies, List<Candidate> candidates) {
    TableFit fit = new TableFit(needs, policies, table);
    Optional<String> reason = fit.reason().or(() -> inexact(fit)).or(() -> apart(table, needs));
    if (reason.isPresent()) {
      return reason;
    }
    Optional<BuiltRollup> built = surroundings.catalog().find(table.rollup().name());
    if (built.isEmpty()) {
      return Optional.of("it is not built");
    }
    BuildFit build = new BuildFit(needs, table, built.get(), surroundings.now(), surroundings.maxAge());
    Optional<String> refused = build.reason(surroundings.index().definition(table.rollup()));
    if (refused.isEmpty()) {
      candidates.add(new Candidate(table, fit, built.get(), build));
    }
    return refused;
  }

  private Optional<String> inexact(TableFit fit) {
    return surroundings.exact() && !fit.estimated().isEmpty() ? Optional.of(INEXACT) : Optional.empty();
  }

  /** Rows in a store of their own are not joined to others. */
  private Optional<String> apart(RollupTable table, Needs needs) {
    if (!table.isLocal()) {
      return Optional.empty();
    }
    boolean spine = Stream
        .concat(needs.items().stream().flatMap(item -> item.names().stream()),
            needs.filters().stream().flatMap(one -> one.names().stream()))
        .anyMatch(named -> named.name().grain().filter(CustomGrain.class::isInstance).isPresent());
    return besideOnly || spine || needs.planning().top().isPresent()
        ? Optional.of("its rows are joined to others here, and its store is not the warehouse")
        : Optional.empty();
  }

  private Optional<RolledUp> chosen(List<Candidate> candidates, PolicyFit policies, Map<String, Verdict> verdicts) {
    Optional<RolledUp> chosen = Optional.empty();
    for (Candidate candidate : candidates) {
      String name = candidate.table().rollup().name();
      if (chosen.isPresent()) {
        if (!chosen.get().name().equals(name)) {
          verdicts.put(name, new Verdict.Costlier(name, chosen.get().name()));
        }
      } else if (candidate.table().isLocal() && !surroundings.comparesByBytes().test(candidate.table().dataset().warehouse())) {
        verdicts.put(name, new Verdict.Reject(name, "its store would compare texts otherwise than the warehouse does"));
      } else if (surroundings.exists().test(candidate.built().tables().get(candidate.table().place()))) {
        RolledUp table = rolledUp(candidate, policies);
        chosen = Optional.of(table);
        verdicts.put(name, new Verdict.Use(name, table, candidate.fit().estimated()));
        candidate.build().expires().ifPresent(expiries::add);
      } else {
        verdicts.put(name, new Verdict.Reject(name, "its table is gone"));
      }
    }
    return chosen;
  }

  private RolledUp rolledUp(Candidate candidate, PolicyFit policies) {
    RollupTable table = candidate.table();
    Map<String, RolledUp.Column> columns = new LinkedHashMap<>();
    table.items().values().forEach(kept -> columns.put(MemberKey.of(kept.member()), new RolledUp.Column(kept.column(), kept.grain())));
    Optional<RolledUp.Rest> rest = candidate.build().isWhole() ? Optional.empty()
        : Optional.of(candidate.build().rest())
            .filter(spans -> !spans.isEmpty())
            .map(spans -> wanted -> new TableRows(table, surroundings.index().model()).within(spans, false, wanted::contains));
    return new RolledUp(table.rollup().name(), source(candidate), table.dataset(), table.time(),
        table.grain().filter(grain -> table.time().isPresent()).map(grain -> new RolledUp.TimeColumnOf(RollupTable.TIME, grain)), columns,
        table.measures().values().stream().map(RollupTable.Held::measured).toList(), candidate.fit().implied(),
        policies.own().stream().map(Condition::written).toList(), rest);
  }

  private static Dataset source(Candidate candidate) {
    BuiltRollup.Table built = candidate.built().tables().get(candidate.table().place());
    return new Dataset("rollup " + candidate.table().rollup().name(), built.source(), built.warehouse(), Optional.empty(), Optional.empty(),
        List.of(), List.of(), List.of(), Optional.empty(), candidate.table().rollup().documentation(),
        candidate.table().rollup().position());
  }
}
