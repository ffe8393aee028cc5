// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.rollup;

import dev.sextant.model.Measure;
import dev.sextant.model.Rollup;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.SextantException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The tables of all rollups of a model, by the measures they hold. Rollups that cannot be built have none. */
public final class RollupIndex {
  private final SemanticModel model;
  private final Map<Measure, List<RollupTable>> byMeasure = new LinkedHashMap<>();
  private final Map<String, List<RollupTable>> byRollup = new LinkedHashMap<>();
  private final Map<String, String> definitions = new ConcurrentHashMap<>();

  private RollupIndex(SemanticModel model) {
    this.model = model;
  }

  public static RollupIndex of(SemanticModel model) {
    RollupIndex index = new RollupIndex(model);
    model.definitions().rollups().forEach(index::add);
    return index;
  }

  /** An index of tables that stand for themselves: the name of each one's rollup is its definition. */
  static RollupIndex of(SemanticModel model, List<RollupTable> tables) {
    RollupIndex index = new RollupIndex(model);
    tables.forEach(table -> {
      index.definitions.put(table.rollup().name(), table.rollup().name());
      index.add(List.of(table));
    });
    return index;
  }

  private void add(Rollup rollup) {
    List<RollupTable> tables;
    try {
      tables = RollupLayout.of(model, rollup);
    } catch (SextantException cannotBe) {
      // Building it says why.
      return;
    }
    add(tables);
  }

  private void add(List<RollupTable> tables) {
    byRollup.put(tables.getFirst().rollup().name(), tables);
    tables.forEach(
        table -> table.measures().keySet().forEach(measure -> byMeasure.computeIfAbsent(measure, any -> new ArrayList<>()).add(table)));
  }

  boolean isEmpty() {
    return byMeasure.isEmpty();
  }

  /** The tables that hold a measure. */
  List<RollupTable> holding(Measure measure) {
    return byMeasure.getOrDefault(measure, List.of());
  }

  /** The tables of a rollup; an exception tells why it cannot be. */
  List<RollupTable> tables(Rollup rollup) {
    List<RollupTable> known = byRollup.get(rollup.name());
    return known != null && known.getFirst().rollup().equals(rollup) ? known : RollupLayout.of(model, rollup);
  }

  /** The hash of what a rollup's tables hold. */
  public String definition(Rollup rollup) {
    return definitions.computeIfAbsent(rollup.name(), any -> Fingerprint.of(model, tables(rollup)));
  }

  /** The model whose rollups these are. */
  public SemanticModel model() {
    return model;
  }
}
