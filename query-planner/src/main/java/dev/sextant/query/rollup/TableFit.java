// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.rollup;

import dev.sextant.model.Expr;
import dev.sextant.model.Measure;
import dev.sextant.model.TimeGrain;
import dev.sextant.query.plan.time.Planning;
import dev.sextant.query.plan.time.Times;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Holds a table's definition against what a branch needs: the first reason why it does not do, if there is one. */
final class TableFit {
  private final Needs needs;
  private final PolicyFit policies;
  private final RollupTable table;

  TableFit(Needs needs, PolicyFit policies, RollupTable table) {
    this.needs = needs;
    this.policies = policies;
    this.table = table;
  }

  Optional<String> reason() {
    return measures().or(this::filters).or(this::items).or(this::times).or(this::repeated).or(this::policed);
  }

  /** The branch's filters that hold for all rows of the table. */
  List<Expr> implied() {
    return needs.filters()
        .stream()
        .filter(filter -> own().stream().anyMatch(mine -> mine.form().equals(filter.form())))
        .map(Condition::written)
        .toList();
  }

  /** The branch's measures that are estimated, each with how well. */
  List<String> estimated() {
    List<String> estimated = new ArrayList<>();
    needs.branch()
        .measures()
        .forEach((name, measure) -> table.held(measure)
            .filter(held -> held.holding() == RollupTable.Holding.ESTIMATES)
            .ifPresent(held -> estimated.add(SketchedMeasures.error(name, measure))));
    return estimated;
  }

  private List<Condition> own() {
    return table.conditions();
  }

  private Optional<String> measures() {
    for (Measure measure : needs.branch().measures().values()) {
      Optional<RollupTable.Held> held = table.held(measure);
      if (held.isEmpty()) {
        return Optional.of("it does not hold " + measure.name());
      }
      Optional<String> regrouped = switch (held.get().holding()) {
        case MERGES -> Optional.empty();
        case SAME_GROUPS -> regrouped(measure);
        case ESTIMATES -> needs.isOverTime() ? Optional.of(measure.name() + " is estimated for single groups only") : Optional.empty();
      };
      if (regrouped.isPresent()) {
        return regrouped;
      }
    }
    if (!needs.times().takesParts()) {
      return Optional.of("what is asked over time needs single rows");
    }
    return needs.key().nonAdditive().flatMap(this::edge);
  }

  /** Why the groups that are asked for are not those of the table. */
  private Optional<String> regrouped(Measure measure) {
    String what = measure.name() + " does not merge";
    if (needs.isOverTime()) {
      return Optional.of(what);
    }
    for (Map.Entry<String, RollupTable.Kept> kept : table.items().entrySet()) {
      if (!asksForEach(kept.getKey(), kept.getValue())) {
        return Optional.of(what + ", and the groups also tell " + kept.getValue().column() + " apart");
      }
    }
    boolean sameTime = table.grain().isEmpty() || needs.items()
        .stream()
        .anyMatch(item -> item.plain() && item.names().getFirst().isOwnTime() && item.names().getFirst().grain().equals(table.grain()));
    return sameTime ? Optional.empty() : Optional.of(what + ", and the groups are of one " + label(table.grain().orElseThrow()) + " each");
  }

  /** Rows at the edge of a period are found among groups only if the dimension is the groups' own time and not blurred. */
  private Optional<String> edge(Measure.NonAdditive rule) {
    boolean ownTime = table.time().filter(time -> time.name().equals(rule.dimension())).isPresent();
    boolean sharp = ownTime && table.grain().isPresent() && table.grain().get().tiles(table.time().orElseThrow().grain());
    if (!sharp) {
      return Optional.of("the " + (rule.last() ? "last " : "first ") + rule.dimension() + " is not to be seen in it");
    }
    for (String entity : rule.windowGroupings()) {
      Named named = Named.of(new dev.sextant.query.ItemName(List.of(), entity, Optional.empty(), Optional.empty()), table.dataset(),
          table.time(),
          needs.planning());
      Optional<String> missing = kept(named, false);
      if (missing.isPresent()) {
        return missing;
      }
    }
    return Optional.empty();
  }

  private Optional<String> filters() {
    for (Condition own : own()) {
      if (needs.filters().stream().noneMatch(filter -> filter.implies(own))) {
        return Optional.of("it has only rows with " + dev.sextant.model.expr.ExprPrinter.print(own.written()));
      }
      if (needs.isOverTime() && own.names().stream().anyMatch(Named::isOwnTime)) {
        return Optional.of("its own filter is on time");
      }
    }
    List<Expr> implied = implied();
    for (Condition filter : needs.filters()) {
      if (!implied.contains(filter.written())) {
        if (filter.onMetric()) {
          return Optional.of("a filter on a metric needs single rows");
        }
        Optional<String> missing = kept(filter.names(), true);
        if (missing.isPresent()) {
          return missing;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> items() {
    return kept(needs.items().stream().flatMap(item -> item.names().stream()).toList(), true);
  }

  private Optional<String> kept(List<Named> names, boolean zoned) {
    return names.stream().map(name -> kept(name, zoned)).flatMap(Optional::stream).findFirst();
  }

  private Optional<String> kept(Named named, boolean zoned) {
    if (named.isOwnTime()) {
      return tiles(named.grain().orElseThrow())
          .or(() -> zoned ? zone(table.time().orElseThrow().grain(), table.grain()) : Optional.empty());
    }
    RollupTable.Kept kept = table.items().get(named.memberKey());
    if (kept == null) {
      return Optional.of("it does not keep " + named.name().base());
    }
    boolean fine = kept.grain().isEmpty() || kept.grain().get().tiles(named.grain().orElseThrow());
    return fine ? zoned && kept.grain().isPresent() ? zone(named.own().orElseThrow(), kept.grain()) : Optional.empty()
        : Optional.of(label(kept.grain().orElseThrow()) + " does not tile " + label(named.grain().orElseThrow()));
  }

  private Optional<String> tiles(TimeGrain asked) {
    if (table.grain().isEmpty() || table.time().isEmpty()) {
      return Optional.of("it keeps no time");
    }
    TimeGrain own = table.grain().get();
    return own.tiles(asked) ? Optional.empty() : Optional.of(label(own) + " does not tile " + label(asked));
  }

  /** Instants can be told in any zone; days and hours are those of the project's. */
  private Optional<String> zone(TimeGrain own, Optional<TimeGrain> kept) {
    Planning planning = needs.planning();
    boolean blurred = planning.convertsZones(own) && kept.filter(grain -> grain.isCoarserThan(TimeGrain.SECOND)).isPresent();
    return blurred
        ? Optional.of("its " + kept.orElseThrow().label() + "s are those of " + planning.model().calendar().zone().getId() + ", not of "
            + planning.zone().getId())
        : Optional.empty();
  }

  private Optional<String> times() {
    Optional<String> periods = needs.times().grain().flatMap(this::tiles);
    if (periods.isPresent()) {
      return periods;
    }
    List<LocalDateTime> ends = new ArrayList<>(needs.times().bounds().from().stream().toList());
    needs.times().bounds().before().ifPresent(ends::add);
    if (ends.isEmpty() && needs.times().grain().isEmpty()) {
      return Optional.empty();
    }
    if (table.grain().isEmpty() || table.time().isEmpty()) {
      return Optional.of("it keeps no time");
    }
    TimeGrain grain = table.grain().get();
    for (LocalDateTime end : ends) {
      if (!Times.floor(end, grain, needs.planning().model().calendar()).equals(end)) {
        return Optional.of(end.toString().replaceFirst("T00:00$", "") + " is not the start of a " + label(grain));
      }
    }
    return zone(table.time().get().grain(), table.grain());
  }

  /** Where groups hold the same row under several values of an item, each value must be asked for on its own. */
  private Optional<String> repeated() {
    for (Map.Entry<String, RollupTable.Kept> kept : table.items().entrySet()) {
      if (kept.getValue().fansOut() && !asksForEach(kept.getKey(), kept.getValue())) {
        return Optional.of("a row has many values of " + kept.getValue().column() + ", and each value is a group of its own");
      }
    }
    return Optional.empty();
  }

  /** Whether each value that is kept is a group of the question, as it is. */
  private boolean asksForEach(String key, RollupTable.Kept kept) {
    return needs.items()
        .stream()
        .filter(Needs.Asked::plain)
        .map(item -> item.names().getFirst())
        .anyMatch(named -> !named.isOwnTime() && named.memberKey().equals(key) && named.grain().equals(kept.grain()));
  }

  private Optional<String> policed() {
    if (!policies.isRestricted()) {
      return Optional.empty();
    }
    List<Named> names = new ArrayList<>();
    needs.items().forEach(item -> names.addAll(item.names()));
    Stream.of(needs.filters(), own(), policies.own()).flatMap(List::stream).forEach(condition -> names.addAll(condition.names()));
    boolean joined = needs.branch().measures().values().stream().anyMatch(TableFit::isJoined)
        || own().stream().anyMatch(Condition::onMetric);
    return joined ? Optional.of("a policy may hide rows that its values come from")
        : kept(policies.own().stream().flatMap(condition -> condition.names().stream()).toList(), false)
            .map(reason -> reason + ", which a policy needs")
            .or(() -> policies.hiding(names));
  }

  private static boolean isJoined(Measure measure) {
    boolean[] joined = {false};
    Stream.concat(Stream.of(measure.expr()), measure.furtherArguments().stream())
        .forEach(argument -> argument.visit(node -> joined[0] |= node instanceof Expr.Member));
    return joined[0];
  }

  private static String label(TimeGrain grain) {
    return grain.name().toUpperCase(Locale.ROOT);
  }
}
