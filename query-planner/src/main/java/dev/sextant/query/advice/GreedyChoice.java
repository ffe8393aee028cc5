// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.advice;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Chooses views for demands, one after the other, each time the one that saves most rows given those chosen before: the greedy algorithm of
 * Harinarayan, Rajaraman and Ullman (Implementing Data Cubes Efficiently, 1996). Answering a demand costs the rows of the smallest view that holds
 * it, or of its table. What is chosen so saves at least 63 % of what the best choice of as many views would.
 */
final class GreedyChoice {
  private GreedyChoice() {}

  /** Something that can be read in place of tables: how many rows it has, and which demands it holds, by their places. */
  record View(long rows, List<Integer> holds) {
    View {
      holds = List.copyOf(holds);
    }
  }

  /** Something that is asked so many times, of a table with so many rows. */
  record Demand(double times, long rows) {}

  /**
   * The places of at most {@code most} views, the best first; none that saves less than {@code least} of all rows, and none that smaller ones
   * chosen later have made useless.
   */
  static List<Integer> of(List<View> views, List<Demand> demands, int most, double least) {
    double[] rows = demands.stream().mapToDouble(Demand::rows).toArray();
    double all = demands.stream().mapToDouble(demand -> demand.times() * demand.rows()).sum();
    List<Integer> chosen = new ArrayList<>();
    while (chosen.size() < most) {
      double[] saved = views.stream().mapToDouble(view -> saved(view, demands, rows)).toArray();
      double best = Arrays.stream(saved).max().orElse(0);
      if (best <= 0 || best < least * all) {
        break;
      }
      int place = first(saved, best);
      chosen.add(place);
      views.get(place).holds().forEach(demand -> rows[demand] = Math.min(rows[demand], views.get(place).rows()));
      chosen.removeIf(earlier -> views.get(earlier).holds().stream().noneMatch(demand -> rows[demand] == views.get(earlier).rows()));
    }
    return chosen;
  }

  private static double saved(View view, List<Demand> demands, double[] rows) {
    return view.holds().stream().mapToDouble(demand -> demands.get(demand).times() * Math.max(0, rows[demand] - view.rows())).sum();
  }

  private static int first(double[] saved, double best) {
    int place = 0;
    while (saved[place] < best) {
      place++;
    }
    return place;
  }
}
