// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.graphql;

import dev.sextant.model.CustomGrain;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.TimeGrain;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The enum of grains: its names, and the grains they stand for. */
record Grains(Map<String, String> labels) {

  static Grains of(SemanticModel model) {
    UniqueNames names = new UniqueNames(List.of("TRUE", "FALSE", "NULL", "true", "false", "null"));
    Map<String, String> labels = new LinkedHashMap<>();
    Stream.concat(Stream.of(TimeGrain.values()).map(TimeGrain::label), model.customGrains().stream().map(CustomGrain::label))
        .forEach(label -> labels.put(names.take(label.toUpperCase(Locale.ROOT)), label));
    return new Grains(labels);
  }

  List<String> names() {
    return new ArrayList<>(labels.keySet());
  }

  /** The grain a name of the enum stands for. */
  String label(String name) {
    return Objects.requireNonNull(labels.get(name));
  }
}
