// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.property;

import dev.sextant.conformance.Value;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makes up conditions on items, with values the items have. */
final class Conditions {
  private final Random random;

  Conditions(Random random) {
    this.random = random;
  }

  String on(Item item) {
    if (item.values().isEmpty() || random.nextInt(6) == 0) {
      return item.name() + (random.nextBoolean() ? " is null" : " is not null");
    }
    Value value = value(item);
    String simple = switch (value) {
      case Value.Truth truth -> item.name() + " = " + truth.value();
      case Value.Text text -> ofText(item, text);
      case Value.Absent none -> ofOrder(item, none);
      case Value.Exact exact -> ofOrder(item, exact);
      case Value.Real real -> ofOrder(item, real);
      case Value.Day day -> ofOrder(item, day);
      case Value.Moment moment -> ofOrder(item, moment);
      case Value.Point point -> ofOrder(item, point);
    };
    return random.nextInt(5) == 0 ? "not (" + simple + ")" : simple;
  }

  private String ofText(Item item, Value.Text value) {
    return switch (random.nextInt(4)) {
      case 0 -> item.name() + " <> " + Vocabulary.constant(value);
      case 1 -> item.name() + " in (" + several(item) + ")";
      case 2 -> item.name() + " like '%" + value.value().charAt(value.value().length() / 2) + "%'";
      default -> item.name() + " = " + Vocabulary.constant(value);
    };
  }

  private String ofOrder(Item item, Value value) {
    return switch (random.nextInt(4)) {
      case 0 -> item.name() + " < " + Vocabulary.constant(value);
      case 1 -> item.name() + " >= " + Vocabulary.constant(value);
      case 2 -> item.name() + " in (" + several(item) + ")";
      default -> item.name() + " between " + Vocabulary.constant(value) + " and " + Vocabulary.constant(value(item));
    };
  }

  private String several(Item item) {
    return IntStream.range(0, 3).mapToObj(any -> Vocabulary.constant(value(item))).collect(Collectors.joining(", "));
  }

  private Value value(Item item) {
    List<Value> values = item.values();
    return values.get(random.nextInt(values.size()));
  }
}
