// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.house;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The plan of the house: which modules there are, what each may see, and its rooms in the order in which data flows. */
final class HousePlan {

  /**
   * One line a module. A star marks a front door: a room that others may enter. Each room sees the root of its module and the rooms to
   * its left; rooms with a bar between them are neighbours and never see each other. A module without rooms here arranges itself.
   */
  static final List<Module> MODULES = List.of(
      module("model", sees(), "expr*", "yaml", "build", "check", "load*"),
      module("query", sees("model*"), "sketch", "bind", "plan", "rel", "sql", "rollup", "advice*", "dialect", "warehouse*", "engine*"),
      module("cache", sees("model", "query"), "key", "store", "freshness", "engine*"),
      module("activation", sees("model*", "query"), "scratch", "run",
          "rollup | feature | training | quality | sync | export | alert | lineage", "serving*", "schedule*"),
      module("server", sees("model*", "query*", "cache*", "activation*"),
          "error", "auth", "ask", "answer", "ops", "kept", "graphqlhttp", "features",
          "http | graphql | cube | dbt | flight | avatica | mcp | console",
          "boot*",
          "cli*"),
      module("jdbc", sees()),
      module("examples", sees("model*", "query*", "cache*", "activation*", "server*", "jdbc")));

  private static final String ROOT = "dev.sextant.";

  private HousePlan() {}

  /** A module by the package that is its root; {@code steps} holds rooms in flow order, neighbours together. */
  record Module(String name, List<String> sees, List<List<String>> steps, List<String> frontDoors) {

    boolean arrangesItself() {
      return steps.isEmpty();
    }

    boolean holds(String room) {
      return stepOf(room) >= 0;
    }

    /** Says whether {@code from} may import {@code to}, both rooms of this module. */
    boolean flows(String from, String to) {
      return from.equals(to) || stepOf(to) >= 0 && stepOf(to) < stepOf(from);
    }

    /** Says whether this module may import the given place of another. */
    boolean mayEnter(Place other) {
      boolean throughFrontDoor = sees.contains(other.module().name() + "*");
      if (other.isRoot()) return throughFrontDoor || sees.contains(other.module().name());
      return throughFrontDoor && other.module().frontDoors().contains(other.room());
    }

    private int stepOf(String room) {
      for (int i = 0; i < steps.size(); i++) if (steps.get(i).contains(room)) return i;
      return -1;
    }
  }

  /** Where a package is: a module, and a room of it or its root (an empty name). */
  record Place(Module module, String room) {

    /** Finds the place of a package; packages of other people have none. */
    static Optional<Place> of(String packageName) {
      if (!packageName.startsWith(ROOT)) return Optional.empty();
      String[] parts = packageName.substring(ROOT.length()).split("\\.", -1);
      return MODULES.stream()
          .filter(module -> module.name().equals(parts[0]))
          .findFirst()
          .map(module -> new Place(module, parts.length > 1 ? parts[1] : ""));
    }

    boolean isRoot() {
      return room.isEmpty();
    }

    boolean isOnThePlan() {
      return isRoot() || module.arrangesItself() || module.holds(room);
    }
  }

  private static List<String> sees(String... modules) {
    return List.of(modules);
  }

  private static Module module(String name, List<String> sees, String... plan) {
    List<List<String>> steps = new ArrayList<>();
    List<String> frontDoors = new ArrayList<>();
    for (String step : plan) {
      List<String> neighbours = List.of(step.replace("*", "").split(" \\| ", -1));
      steps.add(neighbours);
      if (step.endsWith("*")) frontDoors.add(neighbours.get(neighbours.size() - 1));
    }
    return new Module(name, sees, List.copyOf(steps), List.copyOf(frontDoors));
  }
}
