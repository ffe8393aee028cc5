// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.property;

import dev.sextant.query.MetricQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Makes up what a metric query may ask for beside its rows, where it has a meaning. */
final class ExtrasGenerator {
  private static final String TIME = "metric_time__";
  private static final String PART = "metric_time__extract";

  private final Vocabulary vocabulary;
  private final Random random;

  ExtrasGenerator(Vocabulary vocabulary, Random random) {
    this.vocabulary = vocabulary;
    this.random = random;
  }

  MetricQuery.Extras next(List<String> metrics, List<String> groupBy, boolean ranged) {
    List<String> plain = groupBy.stream().filter(item -> !item.startsWith(TIME) && vocabulary.isPlain(item)).toList();
    List<String> times = groupBy.stream().filter(item -> item.startsWith(TIME) && !item.startsWith(PART)).toList();
    boolean onlyTime = groupBy.stream().allMatch(item -> plain.contains(item) || times.contains(item)) && times.size() == 1;
    boolean timeless = metrics.stream().noneMatch(vocabulary::isOverTime);
    return new MetricQuery.Extras(onlyTime && ranged && chance(3),
        onlyTime && ranged && chance(3) ? Optional.of(offset()) : Optional.empty(),
        chance(2) ? some(timeless ? groupBy : plain) : List.of(),
        plain.isEmpty() || !timeless || !chance(3) ? Optional.empty() : Optional.of(top(metrics, plain)),
        chance(3) ? some(timeless ? groupBy : plain) : List.of(),
        onlyTime && metrics.stream().allMatch(metric -> vocabulary.addsUp(metric, plain)) && chance(2) ? Optional.of(times.getFirst())
            : Optional.empty());
  }

  private MetricQuery.Top top(List<String> metrics, List<String> plain) {
    return new MetricQuery.Top(plain.get(random.nextInt(plain.size())), 1 + random.nextInt(3), Optional.empty(),
        !chance(4) || !metrics.stream().allMatch(vocabulary::groupsStandAlone));
  }

  private String offset() {
    return List.of("1 year", "1 month", "2 week", "previous period").get(random.nextInt(4));
  }

  private List<String> some(List<String> items) {
    List<String> some = new ArrayList<>(items.stream().filter(any -> random.nextBoolean()).toList());
    java.util.Collections.shuffle(some, random);
    return some;
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }
}
