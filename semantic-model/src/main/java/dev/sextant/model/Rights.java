// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one caller may see of a model: which rows, which members, which values. Equal rights see the same, whoever has them.
 *
 * @param rows conditions on rows, over group-by items
 * @param hidden names of metrics, dimensions and entities that do not exist for the caller
 * @param masks dimensions whose values are hidden
 */
public record Rights(List<RowRule> rows, List<String> hidden, Map<String, AccessPolicy.Mask> masks) {
  private static final String BETWEEN = "__";

  /** Those of a caller whom no policy restricts. */
  public static final Rights ALL = new Rights(List.of(), List.of(), Collections.emptyMap());

  /** A condition on the rows of some datasets; of all for an empty list. It comes from the policy of that name. */
  public record RowRule(String policy, Expr condition, List<String> datasets) {
    public RowRule {
      datasets = List.copyOf(datasets);
    }

    /** Whether it is meant for the rows of a dataset. */
    public boolean concerns(Dataset dataset) {
      return datasets.isEmpty() || datasets.contains(dataset.name());
    }
  }

  public Rights {
    rows = List.copyOf(rows);
    hidden = List.copyOf(hidden);
    masks = Collections.unmodifiableMap(new LinkedHashMap<>(masks));
  }

  /** Whether nothing is restricted. */
  public boolean unrestricted() {
    return rows.isEmpty() && hidden.isEmpty() && masks.isEmpty();
  }

  /** Whether a metric does not exist for the caller. */
  public boolean hides(Metric metric) {
    return hidden.contains(metric.name());
  }

  /** Whether a dimension or entity of a dataset does not exist for the caller. */
  public boolean hides(Dataset dataset, String element) {
    return hidden.stream().anyMatch(name -> means(name, dataset, element));
  }

  /** How the values of a dimension are hidden from the caller, if they are. */
  public Optional<AccessPolicy.Mask> mask(Dataset dataset, Dimension dimension) {
    List<AccessPolicy.Mask> found = new ArrayList<>();
    masks.forEach((name, mask) -> {
      if (means(name, dataset, dimension.name())) {
        found.add(mask);
      }
    });
    return found.stream().findFirst();
  }

  /** Names mean elements by their last link, on whatever way; an entity alone means itself everywhere. */
  private static boolean means(String name, Dataset dataset, String element) {
    int end = name.lastIndexOf(BETWEEN);
    if (end < 0) {
      return name.equals(element) && dataset.entity(element).isPresent();
    }
    return name.substring(end + BETWEEN.length()).equals(element) && isAddressed(dataset, link(name.substring(0, end)));
  }

  private static String link(String path) {
    int end = path.lastIndexOf(BETWEEN);
    return end < 0 ? path : path.substring(end + BETWEEN.length());
  }

  /** Whether a dataset's elements are named through an entity: its own, or one that plays the part of its own elsewhere. */
  private static boolean isAddressed(Dataset dataset, String link) {
    return dataset.primaryEntity().filter(link::equals).isPresent()
        || dataset.entities().stream().anyMatch(entity -> entity.type().identifiesRow() && entity.name().equals(link));
  }
}
