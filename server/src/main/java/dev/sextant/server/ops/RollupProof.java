// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.ops;

import dev.sextant.model.Rollup;
import dev.sextant.model.SextantException;
import dev.sextant.query.Caller;
import dev.sextant.query.Catalog;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryResult;
import dev.sextant.query.ResultSchema;
import dev.sextant.server.Backend;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/** Asks random questions of the kind a project's rollups are for, with rollups and without, and compares the answers. */
public final class RollupProof {
  private static final Caller CALLER = new Caller("verify", List.of());
  private static final double TOLERANCE = 1e-9;
  private static final long VALUES = 20;

  private final Backend backend;
  private final Random random;
  private final Map<String, List<String>> values = new LinkedHashMap<>();

  /** The same seed asks the same questions. */
  public RollupProof(Backend backend, long seed) {
    this.backend = backend;
    this.random = new Random(seed);
  }

  /** How many questions were asked, how many of them a rollup answered, and which answers differ. */
  public record Report(int asked, int fromRollups, List<String> differences) {
    public Report {
      differences = List.copyOf(differences);
    }
  }

  /** Asks; there must be rollups. */
  public Report ask(int questions) {
    List<Rollup> rollups = backend.model().model().definitions().rollups();
    List<String> differences = new ArrayList<>();
    int fromRollups = 0;
    for (int i = 0; i < questions; i++) {
      MetricQuery query = question(pick(rollups));
      Answer with = answer(query, MetricQuery.RollupUse.EXACT);
      if (with.rollup().isPresent()) {
        fromRollups++;
        difference(answer(query, MetricQuery.RollupUse.OFF), with).ifPresent(what -> differences.add(
            names(query.metrics()) + " by " + names(query.groupBy()) + " where " + query.where() + ", from " + with.rollup().get() + ": "
                + what));
      }
    }
    return new Report(questions, fromRollups, differences);
  }

  private static List<String> names(List<MetricQuery.Item> items) {
    return items.stream().map(MetricQuery.Item::name).toList();
  }

  private MetricQuery question(Rollup rollup) {
    Set<String> metrics = new LinkedHashSet<>(List.of(pick(rollup.metrics()), pick(rollup.metrics())));
    List<Catalog.ItemEntry> known = backend.catalog().items(List.copyOf(metrics));
    Set<String> items = new LinkedHashSet<>();
    List<String> where = new ArrayList<>();
    for (String dimension : rollup.dimensions()) {
      if (random.nextBoolean()) {
        items.add(grained(dimension, known));
      }
      if (random.nextInt(4) == 0) {
        List<String> some = values.computeIfAbsent(dimension, this::values);
        where.add(some.isEmpty() || random.nextInt(4) == 0 ? dimension + " is not null" : dimension + " = " + pick(some));
      }
    }
    if (rollup.grain().isPresent() && random.nextInt(3) > 0) {
      items.add("metric_time__" + pick(List.of("day", "week", "month", "quarter", "year")));
    }
    MetricQuery plain = MetricQuery.of(List.copyOf(metrics), List.copyOf(items));
    return plain.withWhere(where);
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private String grained(String dimension, List<Catalog.ItemEntry> known) {
    return known.stream()
        .filter(entry -> entry.name().equals(dimension) && !entry.grains().isEmpty())
        .findFirst()
        .map(entry -> dimension + "__" + pick(entry.grains()))
        .orElse(dimension);
  }

  /** Some texts of a dimension, quoted. */
  private List<String> values(String dimension) {
    MetricQuery all = MetricQuery.of(List.of(), List.of(dimension));
    MetricQuery some = new MetricQuery(all.metrics(), all.groupBy(), List.of(), List.of(), List.of(dimension), OptionalLong.of(VALUES),
        OptionalLong.empty(), Optional.empty(), Optional.empty(), Optional.empty(), all.mode(), all.extras(), all.options());
    List<String> texts = new ArrayList<>();
    try (QueryResult result = backend.engine().run(some, CALLER, QueryControl.unlimited("verify"))) {
      while (result.loadNext()) {
        FieldVector column = result.root().getVector(0);
        for (int row = 0; row < result.root().getRowCount(); row++) {
          if (column.getObject(row) instanceof org.apache.arrow.vector.util.Text text) {
            texts.add("'" + text.toString().replace("'", "''") + "'");
          }
        }
      }
    } catch (SextantException noValues) {
      return List.of();
    }
    return texts;
  }

  /** Rows by their group; a refusal has its code alone. */
  private record Answer(Optional<String> refusal, Map<List<String>, List<@Nullable Object>> rows, Optional<String> rollup) {}

  private Answer answer(MetricQuery query, MetricQuery.RollupUse use) {
    MetricQuery asked = query.withOptions(new MetricQuery.Options(Optional.empty(), MetricQuery.CacheUse.OFF, use));
    Map<List<String>, List<@Nullable Object>> rows = new LinkedHashMap<>();
    try (QueryResult result = backend.engine().run(asked, CALLER, QueryControl.unlimited("verify"))) {
      while (result.loadNext()) {
        for (int row = 0; row < result.root().getRowCount(); row++) {
          add(result, row, rows);
        }
      }
      return new Answer(Optional.empty(), rows, Optional.ofNullable(result.facts().notes().get("rollup")));
    } catch (SextantException refused) {
      return new Answer(Optional.of(refused.issue().code().name()), rows, Optional.empty());
    }
  }

  private static void add(QueryResult result, int row, Map<List<String>, List<@Nullable Object>> rows) {
    List<String> group = new ArrayList<>();
    List<@Nullable Object> metrics = new ArrayList<>();
    List<ResultSchema.Column> columns = result.schema().columns();
    for (int i = 0; i < columns.size(); i++) {
      Object value = result.root().getVector(i).getObject(row);
      if (columns.get(i).role() == ResultSchema.Role.GROUP_BY) {
        group.add(value == null ? "NULL" : "=" + value);
      } else {
        metrics.add(value);
      }
    }
    rows.put(group, metrics);
  }

  private static Optional<String> difference(Answer expected, Answer actual) {
    if (!expected.refusal().equals(actual.refusal())) {
      return Optional.of("refused with " + expected.refusal().orElse("nothing") + " without rollups");
    }
    if (!expected.rows().keySet().equals(actual.rows().keySet())) {
      return Optional.of(expected.rows().size() + " groups without rollups, " + actual.rows().size() + " with");
    }
    for (Map.Entry<List<String>, List<@Nullable Object>> row : expected.rows().entrySet()) {
      List<@Nullable Object> other = actual.rows().getOrDefault(row.getKey(), List.of());
      for (int i = 0; i < row.getValue().size(); i++) {
        if (!same(row.getValue().get(i), other.get(i))) {
          return Optional.of("in group " + row.getKey() + " " + row.getValue().get(i) + " without rollups, " + other.get(i) + " with");
        }
      }
    }
    return Optional.empty();
  }

  private static boolean same(@Nullable Object expected, @Nullable Object actual) {
    if (expected instanceof Number want && actual instanceof Number got) {
      double most = Math.max(Math.abs(want.doubleValue()), Math.abs(got.doubleValue()));
      return Math.abs(want.doubleValue() - got.doubleValue()) <= TOLERANCE * Math.max(1, most);
    }
    return String.valueOf(expected).equals(String.valueOf(actual));
  }
}
