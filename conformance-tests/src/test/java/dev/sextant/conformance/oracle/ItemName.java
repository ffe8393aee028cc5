// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.oracle;

import dev.sextant.model.DatePart;
import dev.sextant.model.Grain;
import dev.sextant.model.SemanticModel;
import java.util.List;
import java.util.Optional;

/** A group-by item's name taken apart: {@code customer__country__region}, {@code metric_time__month}, {@code order__ordered_at__extract_dow}. */
record ItemName(List<String> links, String element, Optional<Grain> grain, Optional<DatePart> part) {
  private static final String METRIC_TIME = "metric_time";
  private static final String EXTRACT = "extract_";

  static ItemName parse(String name, SemanticModel model) {
    List<String> words = List.of(name.split("__"));
    String last = words.getLast();
    Optional<DatePart> part = last.startsWith(EXTRACT) ? DatePart.named(last.substring(EXTRACT.length())) : Optional.empty();
    Optional<Grain> grain = words.size() > 1 ? model.grain(last) : Optional.empty();
    List<String> path = part.isPresent() || grain.isPresent() ? words.subList(0, words.size() - 1) : words;
    return new ItemName(path.subList(0, path.size() - 1), path.getLast(), grain, part);
  }

  boolean isMetricTime() {
    return links.isEmpty() && element.equals(METRIC_TIME);
  }
}
