// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cube;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/** An answer of one or several results, as Cube's clients read it. */
record CubeAnswer(Kind kind, CubeModel cubes, List<Part> parts) {

  /** Why there are several results, if there are. */
  enum Kind {
    REGULAR("regularQuery"), COMPARED("compareDateRangeQuery"), BLENDED("blendingQuery");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /** One result. */
  record Part(CubeQuestion question, List<@Nullable Object[]> rows, Optional<Long> total, Instant at) {}

  /** All results, and the query that pivots them. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("queryType", kind.text);
    json.put("results", parts.stream().map(this::result).toList());
    json.put("pivotQuery", pivotQuery());
    json.put("slowQuery", false);
    return json;
  }

  /** The only result, as it is asked for without a query type. */
  Map<String, @Nullable Object> first() {
    return result(parts.getFirst());
  }

  private Map<String, @Nullable Object> result(Part part) {
    CubeQuery query = part.question.query();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("query", query.json());
    json.put("lastRefreshTime", part.at.toString());
    json.put("annotation", new CubeNotes(cubes).annotation(part.question));
    json.put("external", false);
    json.put("slowQuery", false);
    json.put("total", part.total.orElse(null));
    Optional<CubeQuery.TimeDimension> time = query.timeDimensions().stream().findFirst();
    json.put("data", new CubeRows(part.question, part.rows,
        kind == Kind.COMPARED ? time.flatMap(CubeQuery.TimeDimension::dateRange).map(DateRange::toString) : Optional.empty(),
        kind == Kind.BLENDED ? time.filter(one -> one.granularity().isPresent()).map(CubeQuery.TimeDimension::key) : Optional.empty())
            .json());
    return json;
  }

  Map<String, @Nullable Object> pivotQuery() {
    Map<String, @Nullable Object> pivot = new LinkedHashMap<>(parts.getFirst().question.query().json());
    if (kind == Kind.COMPARED) {
      List<String> dimensions = new ArrayList<>(List.of("compareDateRange"));
      dimensions.addAll(parts.getFirst().question.query().dimensions());
      pivot.put("dimensions", dimensions);
    }
    if (kind == Kind.BLENDED) {
      pivot.put("measures", all(CubeQuery::measures));
      pivot.put("dimensions", all(CubeQuery::dimensions));
      Map<String, @Nullable Object> time = new LinkedHashMap<>();
      time.put("dimension", "time");
      time.put("granularity", parts.stream()
          .flatMap(part -> part.question.query().timeDimensions().stream().limit(1))
          .flatMap(one -> one.granularity().stream())
          .findFirst()
          .orElse(null));
      pivot.put("timeDimensions", List.of(time));
    }
    pivot.put("queryType", kind.text);
    return pivot;
  }

  private List<String> all(java.util.function.Function<CubeQuery, List<String>> names) {
    SequencedSet<String> all = new LinkedHashSet<>();
    parts.forEach(part -> all.addAll(names.apply(part.question.query())));
    return List.copyOf(all);
  }
}
