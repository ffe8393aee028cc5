// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.check;

import dev.sextant.model.AccessPolicy;
import dev.sextant.model.CustomGrain;
import dev.sextant.model.Dataset;
import dev.sextant.model.DatePart;
import dev.sextant.model.Dimension;
import dev.sextant.model.Entity;
import dev.sextant.model.Grain;
import dev.sextant.model.Issues;
import dev.sextant.model.JoinStep;
import dev.sextant.model.Metric;
import dev.sextant.model.MetricInput;
import dev.sextant.model.ModelIssue;
import dev.sextant.model.Position;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.TimeGrain;
import dev.sextant.model.build.Draft;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Knows what the names in queries mean: {@code listing__user__created_at__month}. */
final class QueryNames {
  private static final String METRIC_TIME = "metric_time";
  private static final String EXTRACT = "extract_";

  private final Draft draft;
  private final SemanticModel model;
  private final Map<String, List<Dataset>> addressed = new HashMap<>();
  private final Map<String, List<Dataset>> keyed = new HashMap<>();
  private final Map<String, List<Entity>> entities = new HashMap<>();

  QueryNames(Draft draft) {
    this.draft = draft;
    this.model = draft.model();
    for (Dataset dataset : model.datasets()) {
      Stream.concat(dataset.primaryEntity().stream(), keys(dataset).map(Entity::name))
          .distinct()
          .forEach(name -> addressed.computeIfAbsent(name, any -> new ArrayList<>()).add(dataset));
      keys(dataset).forEach(key -> keyed.computeIfAbsent(key.target(), any -> new ArrayList<>()).add(dataset));
      dataset.entities().forEach(entity -> entities.computeIfAbsent(entity.name(), any -> new ArrayList<>()).add(entity));
    }
  }

  /** A name, taken apart. */
  record Item(List<String> links, String element, Optional<Grain> grain, Optional<DatePart> part) {
    boolean isMetricTime() {
      return links.isEmpty() && element.equals(METRIC_TIME);
    }
  }

  Item parse(String name) {
    List<String> parts = new ArrayList<>(List.of(name.split("__", -1)));
    Optional<Grain> grain = Optional.empty();
    Optional<DatePart> part = Optional.empty();
    if (parts.size() > 1) {
      String last = parts.getLast();
      part = last.startsWith(EXTRACT) ? DatePart.named(last.substring(EXTRACT.length())) : Optional.empty();
      grain = part.isPresent() ? Optional.empty() : model.grain(last);
    }
    if (part.isPresent() || grain.isPresent()) {
      parts.removeLast();
    }
    return new Item(List.copyOf(parts.subList(0, parts.size() - 1)), parts.getLast(), grain, part);
  }

  /** Adds an issue where a metric is not defined. */
  void checkMetric(String name, Supplier<Position> at, Issues issues) {
    if (!draft.writtenMetrics().contains(name)) {
      issues.unknown(ModelIssue.UNKNOWN_METRIC, at.get(), "metric '" + name + "' is not defined.", name, draft.writtenMetrics());
    }
  }

  /** Adds an issue where a group-by item does not exist; says whether it does. */
  boolean checkItem(String name, Supplier<Position> at, Issues issues) {
    Item item = parse(name);
    if (item.isMetricTime()) {
      return true;
    }
    Optional<Dimension> dimension = dimension(item);
    if (dimension.isEmpty() && !isEntity(item)) {
      if (draft.writtenMetrics().contains(name)) {
        issues.add(ModelIssue.UNKNOWN_NAME, at.get(), "'" + name + "' is a metric; a dimension or entity is expected here");
      } else {
        issues.unknown(ModelIssue.UNKNOWN_NAME, at.get(), "'" + name + "' is neither a dimension nor an entity.", name, known());
      }
      return false;
    }
    return checkGrain(item, dimension, name, at, issues);
  }

  /** Adds an issue where the values of an item cannot be hidden that way. */
  void checkMaskable(String name, AccessPolicy.Mask mask, Position at, Issues issues) {
    Item item = parse(name);
    Optional<Dimension> dimension = dimension(item);
    if (item.isMetricTime() || dimension.isEmpty() || item.grain().isPresent() || item.part().isPresent()) {
      issues.add(ModelIssue.INVALID_VALUE, at, "only a dimension can be masked, named without a grain; hide '" + name + "' instead");
    } else if (dimension.get() instanceof Dimension.Time && mask != AccessPolicy.Mask.NULL) {
      issues.add(ModelIssue.INVALID_VALUE, at, "the values of a time can only be masked with null");
    }
  }

  private static boolean checkGrain(Item item, Optional<Dimension> dimension, String name, Supplier<Position> at, Issues issues) {
    Optional<TimeGrain> own = dimension.filter(Dimension.Time.class::isInstance).map(time -> ((Dimension.Time) time).grain());
    Optional<TimeGrain> asked = item.grain().map(QueryNames::standard).or(() -> item.part().map(DatePart::coarsestGrain));
    if (asked.isPresent() && own.isEmpty()) {
      issues.add(ModelIssue.UNKNOWN_GRAIN, at.get(), "'" + name + "' asks for a grain or date part of what is no time dimension");
      return false;
    }
    boolean tooFine = asked.filter(grain -> own.filter(grain::isFinerThan).isPresent()).isPresent();
    if (tooFine) {
      issues.add(ModelIssue.UNKNOWN_GRAIN, at.get(),
          "'" + name + "' is finer than its data, which has grain " + own.map(TimeGrain::label).orElse(""));
    }
    return !tooFine;
  }

  private static TimeGrain standard(Grain grain) {
    return switch (grain) {
      case TimeGrain standard -> standard;
      case CustomGrain custom -> custom.base();
    };
  }

  /** The dimension at the end of an item, in whichever dataset its last link addresses: by its keys' names or as a role of one. */
  private Optional<Dimension> dimension(Item item) {
    if (item.links().isEmpty()) {
      return Optional.empty();
    }
    String link = item.links().getLast();
    Stream<Dataset> inRoles = entities.getOrDefault(link, List.of())
        .stream()
        .map(Entity::target)
        .distinct()
        .flatMap(target -> keyed.getOrDefault(target, List.of()).stream());
    return Stream.concat(addressed.getOrDefault(link, List.of()).stream(), inRoles)
        .flatMap(dataset -> dataset.dimension(item.element()).stream())
        .findFirst();
  }

  private boolean isEntity(Item item) {
    return entities.containsKey(item.element());
  }

  private static Stream<Entity> keys(Dataset dataset) {
    return dataset.entities().stream().filter(entity -> entity.type().identifiesRow());
  }

  /** Adds an issue where joins from a metric's datasets do not lead to an item that exists. */
  void checkReach(String metric, String name, Supplier<Position> at, Issues issues) {
    Item item = parse(name);
    if (item.isMetricTime()) {
      return;
    }
    for (Dataset base : model.metric(metric).map(this::datasets).orElse(List.of())) {
      if (!reaches(base, item)) {
        issues.add(ModelIssue.NO_PATH, at.get(),
            "'" + name + "' cannot be reached from semantic model '" + base.name() + "' of metric '" + metric
                + "': no joins lead there");
      }
    }
  }

  /** Whether joins lead from {@code base} to the item; nearest datasets first, because most items are near. */
  boolean reaches(Dataset base, Item item) {
    return reaches(base, item, step -> true);
  }

  /** Whether joins lead from {@code base} to the item that never repeat a row. */
  boolean reachesOnce(Dataset base, Item item) {
    return reaches(base, item, step -> !step.fansOut());
  }

  private boolean reaches(Dataset base, Item item, Predicate<JoinStep> allowed) {
    if (isLocal(base, item)) {
      return true;
    }
    Set<String> seen = new HashSet<>(List.of(base.name()));
    Deque<Dataset> open = new ArrayDeque<>(List.of(base));
    while (!open.isEmpty()) {
      Dataset next = open.removeFirst();
      if (follow(next, item.links(), item, allowed)) {
        return true;
      }
      model.joins().steps(next).stream().filter(allowed).map(JoinStep::to).filter(to -> seen.add(to.name())).forEach(open::addLast);
    }
    return false;
  }

  private static boolean isLocal(Dataset base, Item item) {
    return item.links().isEmpty()
        ? base.entity(item.element()).isPresent()
        : item.links().size() == 1 && has(base, item.element())
            && (base.primaryEntity().filter(item.links().getFirst()::equals).isPresent()
                || keys(base).anyMatch(key -> key.name().equals(item.links().getFirst())));
  }

  private boolean follow(Dataset from, List<String> links, Item item, Predicate<JoinStep> allowed) {
    if (links.isEmpty()) {
      return item.links().isEmpty() ? from.entity(item.element()).isPresent() : has(from, item.element());
    }
    return model.joins()
        .steps(from)
        .stream()
        .filter(allowed)
        .anyMatch(step -> step.link().equals(links.getFirst()) && follow(step.to(), links.subList(1, links.size()), item, allowed));
  }

  private static boolean has(Dataset dataset, String element) {
    return dataset.dimension(element).isPresent() || dataset.entity(element).isPresent();
  }

  /** The datasets whose rows a metric's filters and groups apply to. */
  List<Dataset> datasets(Metric metric) {
    Set<String> names = new TreeSet<>();
    collect(metric, names, new TreeSet<>());
    return names.stream().flatMap(name -> model.dataset(name).stream()).toList();
  }

  private void collect(Metric metric, Set<String> datasets, Set<String> seen) {
    if (!seen.add(metric.name())) {
      return;
    }
    switch (metric) {
      case Metric.Simple simple -> datasets.add(simple.measure().dataset());
      case Metric.Cumulative cumulative -> datasets.add(cumulative.input().measure().dataset());
      case Metric.Conversion conversion -> datasets.add(conversion.base().measure().dataset());
      case Metric.Ratio any -> collectInputs(metric, datasets, seen);
      case Metric.Derived any -> collectInputs(metric, datasets, seen);
    }
  }

  private void collectInputs(Metric metric, Set<String> datasets, Set<String> seen) {
    MetricInputsExist.inputs(metric)
        .stream()
        .map(MetricInput::metric)
        .flatMap(name -> model.metric(name).stream())
        .forEach(input -> collect(input, datasets, seen));
  }

  /** All names without paths, for suggestions. */
  List<String> known() {
    Set<String> names = new TreeSet<>(List.of(METRIC_TIME));
    for (Dataset dataset : model.datasets()) {
      dataset.entities().forEach(entity -> names.add(entity.name()));
      Stream.concat(dataset.primaryEntity().stream(), keys(dataset).map(Entity::name))
          .forEach(prefix -> dataset.dimensions().forEach(dimension -> names.add(prefix + "__" + dimension.name())));
    }
    return List.copyOf(names);
  }
}
