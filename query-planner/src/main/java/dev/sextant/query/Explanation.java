// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query;

import java.util.List;

/** The stages of a query's way to its answer, each as text people can read, in order: resolution, plan, rollups, SQL. */
public record Explanation(List<Stage> stages) {

  /** A stage's name and what it made. */
  public record Stage(String name, String text) {}

  public Explanation {
    stages = List.copyOf(stages);
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    stages.forEach(stage -> out.append("-- ").append(stage.name()).append('\n').append(stage.text().stripTrailing()).append("\n\n"));
    return out.toString();
  }
}
