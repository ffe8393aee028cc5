// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.oracle;

import dev.sextant.conformance.Value;
import dev.sextant.conformance.scalar.UnknownToTheOracle;
import dev.sextant.model.Dataset;
import dev.sextant.model.Dimension;
import dev.sextant.model.JoinStep;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** LEFT joins a row to everything on its paths: one result for each combination of matches. */
final class Joiner {
  /** One at a time, more take minutes; warehouses need not combine them. */
  private static final long MOST = 2_000_000;

  private final TableRows tables;
  private final LocalTimes times;
  private final List<Path> paths;
  private final Map<Path, List<JoinStep>> steps = new HashMap<>();
  private long made;

  /** A joiner for {@code paths}; what lies on the way is joined too. */
  Joiner(TableRows tables, LocalTimes times, List<Path> paths) {
    this.tables = tables;
    this.times = times;
    this.paths = paths;
  }

  /** All combinations of a base row; {@code instant} chooses among the versions of slowly changing rows. */
  List<Joined> join(Dataset base, Row row, Optional<LocalDateTime> instant) {
    return join(Path.at(base), Optional.of(row), instant);
  }

  private List<Joined> join(Path here, Optional<Row> row, Optional<LocalDateTime> instant) {
    List<Joined> combinations = List.of(Joined.of(here, row));
    for (JoinStep step : steps.computeIfAbsent(here, this::stepsFrom)) {
      Path next = here.then(step);
      List<Joined> found = new ArrayList<>();
      for (Optional<Row> match : matches(row, step, instant)) {
        found.addAll(join(next, match, instant));
      }
      made += (long) combinations.size() * found.size();
      if (made > MOST) {
        throw new UnknownToTheOracle("what millions of combinations of rows come to");
      }
      combinations = combinations.stream().flatMap(one -> found.stream().map(one::with)).toList();
    }
    return combinations;
  }

  private List<JoinStep> stepsFrom(Path here) {
    List<Path> seen = new ArrayList<>();
    List<JoinStep> steps = new ArrayList<>();
    int length = here.steps().size();
    for (Path path : paths) {
      if (path.steps().size() > length && path.key().startsWith(here.key() + ">")) {
        JoinStep step = path.steps().get(length);
        Path next = here.then(step);
        if (!seen.contains(next)) {
          seen.add(next);
          steps.add(step);
        }
      }
    }
    return steps;
  }

  /** The rows a step leads to; one absent row where there are none. */
  private List<Optional<Row>> matches(Optional<Row> row, JoinStep step, Optional<LocalDateTime> instant) {
    List<Value> keys = row.map(from -> TableRows.keys(from, step.left())).orElse(List.of(Value.NULL));
    if (keys.stream().anyMatch(Value::isNull)) {
      return List.of(Optional.empty());
    }
    List<Optional<Row>> found = tables.matching(step.to(), step.right(), keys)
        .stream()
        .filter(match -> samePartition(row.orElseThrow(), match, step) && isValid(match, step.to(), instant))
        .map(Optional::of)
        .toList();
    return found.isEmpty() ? List.of(Optional.empty()) : found;
  }

  /** Dimensions marked as partitions must agree on both sides. */
  private boolean samePartition(Row from, Row to, JoinStep step) {
    return step.from()
        .dimensions()
        .stream()
        .filter(Dimension::isPartition)
        .allMatch(left -> step.to().dimension(left.name()).filter(Dimension::isPartition).map(right -> {
          Value a = from.evaluate(left.expr());
          return !a.isNull() && a.equals(to.evaluate(right.expr()));
        }).orElse(true));
  }

  /** Versions are valid from their start on, before their end. */
  private boolean isValid(Row row, Dataset dataset, Optional<LocalDateTime> instant) {
    if (!dataset.changesSlowly()) {
      return true;
    }
    Optional<LocalDateTime> start = bound(row, dataset, Dimension.Validity.START);
    Optional<LocalDateTime> end = bound(row, dataset, Dimension.Validity.END);
    return instant.filter(at -> start.filter(from -> !at.isBefore(from)).isPresent() && end.filter(to -> !at.isBefore(to)).isEmpty())
        .isPresent();
  }

  private Optional<LocalDateTime> bound(Row row, Dataset dataset, Dimension.Validity end) {
    return dataset.validity(end).flatMap(time -> times.raw(row.evaluate(time.expr())));
  }
}
