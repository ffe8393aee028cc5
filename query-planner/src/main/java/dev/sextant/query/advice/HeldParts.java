// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.advice;

import dev.sextant.model.Rollup;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.SextantException;
import dev.sextant.model.Source;
import dev.sextant.query.BoundQuery;
import dev.sextant.query.BuiltRollup;
import dev.sextant.query.RollupCatalog;
import dev.sextant.query.plan.Planner;
import dev.sextant.query.rollup.Decision;
import dev.sextant.query.rollup.RollupIndex;
import dev.sextant.query.rollup.RollupRouter;
import dev.sextant.query.rollup.Verdict;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the rollups of a model would hold of questions if all of them were built; the router's own verdicts. */
final class HeldParts implements RollupCatalog {
  private static final int MOST_TABLES = 50;

  private final RollupIndex index;
  private final Map<String, Long> sizes;
  private final Map<String, Optional<BuiltRollup>> built = new LinkedHashMap<>();

  /** {@code sizes} tells how many rows rollups have, 0 of those it does not name. */
  HeldParts(SemanticModel model, Map<String, Long> sizes) {
    this.index = RollupIndex.of(model);
    this.sizes = Collections.unmodifiableMap(sizes);
  }

  /** For each part of a question the rollups that hold it. */
  List<Set<String>> parts(BoundQuery query) {
    return decisions(query).stream().map(HeldParts::holding).toList();
  }

  private static Set<String> holding(Decision decision) {
    Set<String> names = new LinkedHashSet<>();
    decision.verdicts().stream().filter(verdict -> !(verdict instanceof Verdict.Reject)).map(Verdict::rollup).forEach(names::add);
    return names;
  }

  /** For each part of a question the rollup that would be read. */
  List<Optional<String>> used(BoundQuery query) {
    return decisions(query).stream().map(Decision::used).toList();
  }

  /** The rollups that answer all of a question. */
  Optional<List<String>> answers(BoundQuery query) {
    List<Optional<String>> used = used(query);
    boolean all = !used.isEmpty() && used.stream().allMatch(Optional::isPresent);
    return all ? Optional.of(used.stream().flatMap(Optional::stream).distinct().toList()) : Optional.empty();
  }

  private List<Decision> decisions(BoundQuery query) {
    RollupRouter router = new RollupRouter(
        new RollupRouter.Surroundings(index, this, Instant.EPOCH, Optional.empty(), table -> true,
            warehouse -> true, true, false));
    var unused = new Planner(router).plan(query);
    return router.decisions();
  }

  @Override
  public Optional<BuiltRollup> find(String rollup) {
    return built.computeIfAbsent(rollup, this::claimed);
  }

  private Optional<BuiltRollup> claimed(String name) {
    Rollup rollup = index.model().definitions().rollups().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    try {
      BuiltRollup.Table table = new BuiltRollup.Table(index.model().project().defaultWarehouse(),
          new Source.Table(Optional.empty(), Optional.empty(), name), sizes.getOrDefault(name, 0L));
      return Optional.of(new BuiltRollup(name, name, index.definition(rollup), Collections.nCopies(MOST_TABLES, table), Optional.empty(),
          Optional.empty(), Instant.EPOCH));
    } catch (SextantException cannotBe) {
      return Optional.empty();
    }
  }

  @Override
  public long version() {
    return 0;
  }
}
