// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Turns nested settings into dotted keys; a list of texts becomes one text with commas, other lists are numbered from 0. */
public final class Flattener {

  private Flattener() {}

  public static Map<String, String> flatten(YamlNode node) {
    Map<String, String> flat = new LinkedHashMap<>();
    add("", node, flat);
    return flat;
  }

  private static void add(String prefix, YamlNode node, Map<String, String> flat) {
    switch (node) {
      case YamlNode.Scalar scalar -> {
        if (!scalar.isNull()) {
          flat.put(prefix, scalar.text());
        }
      }
      case YamlNode.Mapping mapping -> mapping.entries().forEach(entry -> add(key(prefix, entry.key().text()), entry.value(), flat));
      case YamlNode.Sequence sequence -> addItems(prefix, sequence.items(), flat);
    }
  }

  private static void addItems(String prefix, List<YamlNode> items, Map<String, String> flat) {
    if (!items.isEmpty() && items.stream().allMatch(YamlNode.Scalar.class::isInstance)) {
      flat.put(prefix, items.stream().map(item -> ((YamlNode.Scalar) item).text()).collect(Collectors.joining(",")));
      return;
    }
    for (int i = 0; i < items.size(); i++) {
      add(key(prefix, Integer.toString(i)), items.get(i), flat);
    }
  }

  private static String key(String prefix, String key) {
    return prefix.isEmpty() ? key : prefix + "." + key;
  }
}
