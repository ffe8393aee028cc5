// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query;

import dev.sextant.model.DatePart;
import dev.sextant.model.Grain;
import dev.sextant.model.SemanticModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The parts of a name such as {@code listing__user__created_at__month}: the entities that lead to the element, the element, and for times a
 * grain or a date part.
 */
public record ItemName(List<String> links, String element, Optional<Grain> grain, Optional<DatePart> part) {
  private static final String BETWEEN = "__";
  private static final String EXTRACT = "extract_";

  /** The element that means each metric's own time dimension. */
  public static final String METRIC_TIME = "metric_time";

  public ItemName {
    links = List.copyOf(links);
  }

  /** Reads a name; the last part is a grain when the model knows it as one and something stands before it. */
  public static ItemName parse(String text, SemanticModel model) {
    List<String> parts = parts(text.strip());
    Optional<Grain> grain = Optional.empty();
    Optional<DatePart> part = Optional.empty();
    if (parts.size() > 1) {
      String last = parts.getLast();
      part = last.startsWith(EXTRACT) ? DatePart.named(last.substring(EXTRACT.length())) : Optional.empty();
      grain = part.isPresent() ? Optional.empty() : model.grain(last);
      if (part.isPresent() || grain.isPresent()) {
        parts.removeLast();
      }
    }
    String element = parts.removeLast();
    return new ItemName(parts, element, grain, part);
  }

  private static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int at = text.indexOf(BETWEEN); at >= 0; at = text.indexOf(BETWEEN, from)) {
      parts.add(text.substring(from, at));
      from = at + BETWEEN.length();
    }
    parts.add(text.substring(from));
    return parts;
  }

  public boolean isMetricTime() {
    return links.isEmpty() && element.equals(METRIC_TIME);
  }

  /** The name without grain or date part. */
  public String base() {
    return links.isEmpty() ? element : String.join(BETWEEN, links) + BETWEEN + element;
  }

  /** The whole name, as results carry it. */
  public String full() {
    return base() + grain.map(value -> "__" + value.label()).orElse("") + part.map(value -> "__" + EXTRACT + value.label()).orElse("");
  }

  public ItemName withLinks(List<String> newLinks) {
    return new ItemName(newLinks, element, grain, part);
  }

  public ItemName withGrain(Grain newGrain) {
    return new ItemName(links, element, Optional.of(newGrain), part);
  }
}
