// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.oracle;

import dev.sextant.model.Dataset;
import dev.sextant.model.JoinStep;
import java.util.ArrayList;
import java.util.List;

/** Joins one after the other from a base dataset; {@code key} tells paths apart cheaply. */
record Path(Dataset base, List<JoinStep> steps, String key) {

  static Path at(Dataset base) {
    return new Path(base, List.of(), base.name());
  }

  Path then(JoinStep step) {
    List<JoinStep> longer = new ArrayList<>(steps);
    longer.add(step);
    return new Path(base, List.copyOf(longer), key + ">" + step.left().name() + ">" + step.to().name() + "." + step.right().name());
  }

  /** The dataset the path ends in. */
  Dataset end() {
    return steps.isEmpty() ? base : steps.getLast().to();
  }

  List<String> links() {
    return steps.stream().map(JoinStep::link).toList();
  }

  boolean fansOut() {
    return steps.stream().anyMatch(JoinStep::fansOut);
  }

  boolean visits(Dataset dataset) {
    return base.name().equals(dataset.name()) || steps.stream().anyMatch(step -> step.to().name().equals(dataset.name()));
  }

  boolean endsWith(List<String> links) {
    int skip = steps.size() - links.size();
    return skip >= 0 && links().subList(skip, steps.size()).equals(links);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Path path && key.equals(path.key);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }
}
