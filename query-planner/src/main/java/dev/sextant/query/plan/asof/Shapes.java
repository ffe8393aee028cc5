// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.asof;

import dev.sextant.model.DataType;
import dev.sextant.model.TimeWindow;
import dev.sextant.query.DialectFeature;
import dev.sextant.query.FeatureQuery.Spine;
import dev.sextant.query.plan.node.PlanNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Chooses how the leaves of a dataset are computed. */
final class Shapes {
  private static final String NEWEST = "newest#";

  private final FeatureShape wanted;
  private final Volumes volumes;
  private final List<String> keys;

  Shapes(FeatureShape wanted, Volumes volumes, List<String> keys) {
    this.wanted = wanted;
    this.volumes = volumes;
    this.keys = keys;
  }

  /** Rows that have some leaves' columns for each key and instant; {@link #newest} is the newest event time of all windows in the first of a dataset. */
  record Shaped(PlanNode rows, Collection<String> leaves) {
    String newest() {
      return NEWEST;
    }
  }

  /** The plans of a dataset's leaves. */
  List<Shaped> of(EventRows events, Map<WindowedLeaf, String> leaves, PlanNode instants, Spine spine) {
    RangeShape range = new RangeShape(events, leaves, keys);
    Map<WindowedLeaf, String> totalled = totalled(events, leaves, instants);
    List<TimeWindow> windows = leaves.keySet().stream().map(WindowedLeaf::window).distinct().toList();
    if (totalled.isEmpty() || !pays(spine, () -> PairCount.of(instants, events, range, volumes), windows.size() + 1)) {
      return List.of(new Shaped(range.plan(instants, NEWEST), leaves.values()));
    }
    PlanNode totals = new TotalsShape(events, totalled, windows, keys, volumes.types(events.plan())).plan(instants, NEWEST,
        leaves.size() == 1);
    Map<WindowedLeaf, String> others = new LinkedHashMap<>(leaves);
    totalled.keySet().forEach(others::remove);
    List<Shaped> all = new ArrayList<>(List.of(new Shaped(totals, totalled.values())));
    if (!others.isEmpty()) {
      all.add(new Shaped(new RangeShape(events, others, keys).plan(instants, NEWEST), others.values()));
    }
    return all;
  }

  private interface Estimate {
    PairCount count();
  }

  /** Given keys are few, and all keys as of one instant make fewer pairs than there are events. */
  private boolean pays(Spine spine, Estimate estimate, int lookups) {
    return wanted == FeatureShape.TOTALS || spine instanceof Spine.Rows && estimate.count().areMany(lookups);
  }

  private Map<WindowedLeaf, String> totalled(EventRows events, Map<WindowedLeaf, String> leaves, PlanNode instants) {
    if (wanted == FeatureShape.PAIRS || !events.known().always()
        || !volumes.features(new PlanNode.Combine(List.of(instants, events.plan()), List.of())).contains(DialectFeature.AS_OF_JOIN)) {
      return Collections.emptyMap();
    }
    Map<String, DataType> types = volumes.types(events.plan());
    Map<WindowedLeaf, String> fitting = new LinkedHashMap<>(leaves);
    fitting.keySet().removeIf(leaf -> !TotalsShape.fits(leaf, events, types));
    return fitting;
  }
}
