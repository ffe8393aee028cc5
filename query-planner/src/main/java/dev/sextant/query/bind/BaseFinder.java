// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.bind;

import dev.sextant.model.Dataset;
import dev.sextant.model.Entity;
import dev.sextant.model.SemanticModel;
import dev.sextant.query.ItemName;
import dev.sextant.query.Member;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import java.util.List;
import java.util.Optional;

/**
 * Finds the dataset a query without metrics starts at: the one from which its items are nearest, and among equally near ones the one with the
 * fewest elements.
 */
public final class BaseFinder {
  private static final int NOT_THE_OWN_KEY = 1;
  private static final int HOP = 10;
  private static final int FAN_OUT = 1_000;

  private final SemanticModel model;
  private final MemberFinder finder;

  public BaseFinder(SemanticModel model, MemberFinder finder) {
    this.model = model;
    this.finder = finder;
  }

  /** Returns the dataset, or nothing where only {@code metric_time} is asked for. */
  public Optional<Dataset> find(List<ItemName> items) {
    List<ItemName> members = items.stream().filter(item -> !item.isMetricTime()).toList();
    if (members.isEmpty()) {
      return Optional.empty();
    }
    Optional<Dataset> best = Optional.empty();
    int least = Integer.MAX_VALUE;
    for (Dataset dataset : model.datasets()) {
      int cost = cost(dataset, members);
      boolean smaller = cost == least && best.filter(known -> elements(known) > elements(dataset)).isPresent();
      if (cost < least || smaller) {
        best = Optional.of(dataset);
        least = cost;
      }
    }
    if (best.isEmpty()) {
      members.forEach(finder::checkKnown);
      throw Problem.of(QueryIssue.NO_PATH, "no dataset joins all of " + String.join(", ", members.stream().map(ItemName::base).toList())
          + ". Ask for them apart, or together with a metric.");
    }
    return best;
  }

  private static int elements(Dataset dataset) {
    return dataset.entities().size() + dataset.dimensions().size() + dataset.measures().size();
  }

  private int cost(Dataset dataset, List<ItemName> members) {
    int cost = 0;
    for (ItemName item : members) {
      Optional<Member> member = finder.tryFind(dataset, item);
      if (member.isEmpty()) {
        return Integer.MAX_VALUE;
      }
      cost += member.get().path().length() * HOP + (member.get().path().fansOut() ? FAN_OUT : 0);
      boolean own = !(member.get() instanceof Member.Key key) || key.entity().type() == Entity.Type.PRIMARY;
      cost += own ? 0 : NOT_THE_OWN_KEY;
    }
    return cost;
  }
}
