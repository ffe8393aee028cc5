// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.oracle;

import dev.sextant.conformance.Value;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** A metric's values by group; {@code missing} stands for groups it does not have. */
record Groups(Map<List<Value>, Value> values, Value missing) {

  Value of(List<Value> group) {
    return values.getOrDefault(group, missing);
  }

  /** All groups that any of several metrics has, in the order found. */
  static Set<List<Value>> all(Iterable<Groups> several) {
    Set<List<Value>> groups = new LinkedHashSet<>();
    several.forEach(one -> groups.addAll(one.values().keySet()));
    return groups;
  }

  /** A value for each of these groups. */
  static Groups calculate(Set<List<Value>> groups, Function<List<Value>, Value> value) {
    Map<List<Value>, Value> values = new LinkedHashMap<>();
    groups.forEach(group -> values.put(group, value.apply(group)));
    return new Groups(values, Value.NULL);
  }

  /** The same with something else for NULLs and groups that are missing. */
  Groups filled(Value filling) {
    Map<List<Value>, Value> filled = new LinkedHashMap<>();
    values.forEach((group, value) -> filled.put(group, value.isNull() ? filling : value));
    return new Groups(filled, filling);
  }
}
