// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.rollup;

import dev.sextant.query.BoundQuery;
import dev.sextant.query.plan.Planner;
import dev.sextant.query.plan.branch.BranchRows;
import dev.sextant.query.plan.branch.Routes;
import dev.sextant.query.plan.rows.RolledUp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds out which rollups would serve questions. */
public final class Wishes implements Routes {
  private static final int MOST_ITEMS = 8;

  private final List<Optional<Wish>> found = new ArrayList<>();

  private Wishes() {}

  /** A wish for each branch of a question, in the order of the branches; nothing for one that no rollup can hold. */
  public static List<Optional<Wish>> of(BoundQuery query) {
    Wishes wishes = new Wishes();
    var unused = new Planner(wishes).plan(query);
    return wishes.found;
  }

  @Override
  public Optional<RolledUp> route(BranchRows branch) {
    found.add(Wish.of(Needs.of(branch)));
    return Optional.empty();
  }

  @Override
  public Routes beside() {
    return this;
  }

  /**
   * The wishes and what two of them share, those for the same groups made one. The lattice of all of them would be larger than anybody can
   * measure; what three share is found by the pair that has the same items.
   */
  public static List<Wish> candidates(List<Wish> wishes) {
    List<Wish> plain = merged(wishes);
    List<Wish> all = new ArrayList<>(plain);
    for (Wish one : plain) {
      for (Wish other : plain) {
        if (one.goesWith(other)) {
          all.add(one.and(other));
        }
      }
    }
    return merged(all.stream().filter(wish -> wish.items().size() <= MOST_ITEMS).toList());
  }

  private record Groups(String dataset, Optional<String> time, Set<String> items, Optional<dev.sextant.model.TimeGrain> grain) {}

  /** Metrics of the same groups are kept together. */
  private static List<Wish> merged(List<Wish> wishes) {
    Map<Groups, Wish> merged = new LinkedHashMap<>();
    new LinkedHashSet<>(wishes)
        .forEach(wish -> merged.merge(new Groups(wish.dataset(), wish.time(), wish.items().keySet(), wish.grain()), wish, Wish::and));
    return List.copyOf(merged.values());
  }
}
