// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Which datasets can be joined, and how; those of different warehouses never can. Steps that keep rows (to a primary, unique or natural key) are preferred to steps that fan out; a
 * fan-out step is named after the entity the many side is, so that {@code order_item__size} can be asked of orders.
 */
public final class JoinGraph {
  private static final int MOST_PATHS_LISTED = 8;
  /** Farther than anybody names; it bounds what a long chain of datasets costs. */
  private static final int LONGEST_WAY = 16;

  private final Map<String, List<Holder>> holders = new LinkedHashMap<>();
  private final Map<String, List<JoinStep>> plainSteps = new LinkedHashMap<>();
  private final Map<String, List<JoinStep>> allSteps = new LinkedHashMap<>();
  private final Map<String, Reach> plainReach = new ConcurrentHashMap<>();
  private final Map<String, Reach> allReach = new ConcurrentHashMap<>();

  private record Holder(Dataset dataset, Entity entity) {}

  /** The shortest ways from one dataset to each other, nearest first: all of them, and those to datasets a step of a given link leads out of. */
  private record Reach(List<List<JoinPath>> all, Map<String, List<List<JoinPath>>> byNextLink) {

    private List<List<JoinPath>> before(List<String> links) {
      return links.isEmpty() ? all : byNextLink.getOrDefault(links.getFirst(), List.of());
    }
  }

  public JoinGraph(List<Dataset> datasets) {
    for (Dataset dataset : datasets) {
      dataset.entities()
          .forEach(entity -> holders.computeIfAbsent(entity.target(), any -> new ArrayList<>()).add(new Holder(dataset, entity)));
    }
    datasets.forEach(dataset -> allSteps.put(dataset.name(), stepsFrom(dataset)));
    allSteps.forEach((name, steps) -> plainSteps.put(name, steps.stream().filter(step -> !step.fansOut()).toList()));
  }

  private List<JoinStep> stepsFrom(Dataset from) {
    List<JoinStep> steps = new ArrayList<>();
    for (Entity left : from.entities()) {
      for (Holder holder : holders.getOrDefault(left.target(), List.of())) {
        if (joinable(from, left, holder)) {
          steps.add(new JoinStep(link(left, holder), from, left, holder.dataset(), holder.entity()));
        }
      }
    }
    return List.copyOf(steps);
  }

  private static boolean joinable(Dataset from, Entity left, Holder right) {
    boolean same = from.name().equals(right.dataset().name());
    boolean inAnotherRole = left.of().isPresent() && right.entity().of().isEmpty();
    boolean bothChange = left.type() == Entity.Type.NATURAL && right.entity().type() == Entity.Type.NATURAL
        || from.changesSlowly() && right.dataset().changesSlowly();
    boolean manyToMany = !left.type().identifiesRow() && !right.entity().type().identifiesRow();
    boolean together = from.warehouse().equals(right.dataset().warehouse());
    return together && (!same || inAnotherRole) && !manyToMany && !bothChange && left.keys().size() == right.entity().keys().size();
  }

  private static String link(Entity left, Holder right) {
    return right.entity().type().identifiesRow() ? left.name() : right.dataset().primaryEntity().orElse(left.name());
  }

  /** The joins that lead out of a dataset. */
  public List<JoinStep> steps(Dataset from) {
    return allSteps.getOrDefault(from.name(), List.of());
  }

  /**
   * Finds the shortest paths from {@code base} whose last links are {@code links} and that end in a dataset {@code holds} accepts. Paths
   * without fan-out win over paths with it; several results mean that the name is ambiguous.
   */
  public List<JoinPath> shortest(Dataset base, List<String> links, Predicate<Dataset> holds) {
    List<JoinPath> plain = search(base, links, holds, plainSteps, plainReach);
    return plain.isEmpty() ? search(base, links, holds, allSteps, allReach) : plain;
  }

  private static List<JoinPath> search(Dataset base, List<String> links, Predicate<Dataset> holds, Map<String, List<JoinStep>> steps,
      Map<String, Reach> reaches) {
    Reach reach = reaches.computeIfAbsent(base.name(), any -> reach(base, steps));
    List<JoinPath> found = new ArrayList<>();
    int best = Integer.MAX_VALUE;
    for (List<JoinPath> prefixes : reach.before(links)) {
      if (prefixes.getFirst().length() + links.size() > best) {
        break;
      }
      for (JoinPath prefix : prefixes) {
        Dataset start = prefix.steps().isEmpty() ? base : prefix.steps().getLast().to();
        for (JoinPath path : follow(base, prefix, start, links, steps)) {
          Dataset end = path.steps().isEmpty() ? base : path.steps().getLast().to();
          if (holds.test(end) && path.length() <= best) {
            if (path.length() < best) {
              found.clear();
            }
            best = path.length();
            found.add(path);
          }
        }
      }
    }
    return found.size() < 2 ? found : found.stream().distinct().limit(MOST_PATHS_LISTED).toList();
  }

  private static Reach reach(Dataset base, Map<String, List<JoinStep>> steps) {
    List<List<JoinPath>> all = new ArrayList<>();
    Map<String, List<List<JoinPath>>> byNextLink = new LinkedHashMap<>();
    ways(base, steps).forEach((name, ways) -> {
      all.add(ways);
      steps.getOrDefault(name, List.of())
          .stream()
          .map(JoinStep::link)
          .distinct()
          .forEach(link -> byNextLink.computeIfAbsent(link, any -> new ArrayList<>()).add(ways));
    });
    return new Reach(all, byNextLink);
  }

  /** All shortest ways (a few of them) to every dataset, nearest first. */
  private static Map<String, List<JoinPath>> ways(Dataset base, Map<String, List<JoinStep>> steps) {
    Map<String, List<JoinPath>> reached = new LinkedHashMap<>();
    reached.put(base.name(), List.of(JoinPath.HERE));
    Deque<Dataset> frontier = new ArrayDeque<>(List.of(base));
    while (!frontier.isEmpty()) {
      Dataset from = frontier.removeFirst();
      List<JoinPath> ways = reached.getOrDefault(from.name(), List.of());
      if (ways.getFirst().length() == LONGEST_WAY) {
        continue;
      }
      for (JoinStep step : steps.getOrDefault(from.name(), List.of())) {
        List<JoinPath> known = reached.get(step.to().name());
        if (known == null) {
          known = new ArrayList<>();
          reached.put(step.to().name(), known);
          frontier.addLast(step.to());
        }
        if (known.isEmpty() || known.getFirst().length() == ways.getFirst().length() + 1) {
          for (JoinPath way : ways) {
            if (known.size() < MOST_PATHS_LISTED) {
              known.add(plus(way, step));
            }
          }
        }
      }
    }
    return reached;
  }

  private static List<JoinPath> follow(Dataset base, JoinPath prefix, Dataset at, List<String> links, Map<String, List<JoinStep>> steps) {
    if (links.isEmpty()) {
      return List.of(prefix);
    }
    List<JoinPath> paths = new ArrayList<>();
    for (JoinStep step : steps.getOrDefault(at.name(), List.of())) {
      if (step.link().equals(links.getFirst()) && (step.left().of().isPresent() || !visits(base, prefix, step.to()))) {
        paths.addAll(follow(base, plus(prefix, step), step.to(), links.subList(1, links.size()), steps));
      }
    }
    return paths;
  }

  private static boolean visits(Dataset base, JoinPath path, Dataset dataset) {
    return base.name().equals(dataset.name()) || path.steps().stream().anyMatch(step -> step.to().name().equals(dataset.name()));
  }

  private static JoinPath plus(JoinPath path, JoinStep step) {
    List<JoinStep> steps = new ArrayList<>(path.steps());
    steps.add(step);
    return new JoinPath(steps);
  }

  /** The datasets that hold an entity, by the entity's name. */
  public List<Dataset> holders(String entity) {
    return holders.getOrDefault(entity, Collections.emptyList()).stream().map(Holder::dataset).distinct().toList();
  }
}
