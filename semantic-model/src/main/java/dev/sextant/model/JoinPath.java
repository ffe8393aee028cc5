// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

import java.util.List;
import java.util.stream.Collectors;

/** The joins that lead from one dataset to another; empty when one stays. */
public record JoinPath(List<JoinStep> steps) {

  /** The path to where one already is. */
  public static final JoinPath HERE = new JoinPath(List.of());

  public JoinPath {
    steps = List.copyOf(steps);
  }

  /** The links' names joined by two underscores; empty for {@link #HERE}. */
  public String name() {
    return steps.stream().map(JoinStep::link).collect(Collectors.joining("__"));
  }

  public boolean fansOut() {
    return steps.stream().anyMatch(JoinStep::fansOut);
  }

  public int length() {
    return steps.size();
  }
}
