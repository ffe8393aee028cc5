// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query;

import dev.sextant.model.Documentation;
import dev.sextant.model.SavedQuery;
import dev.sextant.model.View;
import java.util.List;
import java.util.Optional;

/** What can be asked: the members of the live model, and which of them go together. */
public interface Catalog {

  /** The same catalog with only what a caller may see. */
  Catalog seenBy(Caller caller);

  /** The views of which the caller sees anything, with the columns seen. */
  List<View> views();

  /** The saved queries all of whose members the caller sees. */
  List<SavedQuery> savedQueries();

  /** All metrics, by name. */
  List<MetricEntry> metrics();

  /** The group-by items every one of {@code metrics} can be grouped by, by name; with no metrics, all items of the model. */
  List<ItemEntry> items(List<String> metrics);

  /** What a metric is made of. */
  LineageEntry lineage(String metric);

  /** A metric as catalogs show it; {@code kind} is {@code simple}, {@code ratio} ..; {@code datasets} are those it reads. */
  record MetricEntry(String name, String kind, Documentation documentation, List<String> datasets, Optional<String> defaultGrain) {}

  /** A group-by item under its full name; {@code grains} is empty unless it is a time. */
  record ItemEntry(String name, ItemKind kind, List<String> grains, Documentation documentation, String dataset) {}

  /** What an {@link ItemEntry} is. */
  enum ItemKind {
    CATEGORICAL, TIME, ENTITY
  }

  /** From a metric down to the tables it reads, the columns of these, and the expressions over them. */
  record LineageEntry(String metric, List<LineageEntry> inputs, Optional<String> measure, Optional<String> dataset, Optional<String> source,
      Optional<String> expr, List<String> columns) {}
}
