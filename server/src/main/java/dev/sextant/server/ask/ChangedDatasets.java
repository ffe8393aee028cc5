// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.ask;

import dev.sextant.model.Dataset;
import dev.sextant.model.Issue;
import dev.sextant.model.Metric;
import dev.sextant.model.MetricInput;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.SextantException;
import dev.sextant.model.Source;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the datasets that a notice of changes is about, and the tables and models in it that none of them reads. */
public final class ChangedDatasets {
  private final SemanticModel model;
  private final Set<String> names = new LinkedHashSet<>();
  private final List<String> unread = new ArrayList<>();

  private ChangedDatasets(SemanticModel model) {
    this.model = model;
  }

  /** Unknown datasets and metrics are mistakes; tables that nobody reads are not. */
  public static ChangedDatasets of(ChangeNotice notice, SemanticModel model) {
    ChangedDatasets changed = new ChangedDatasets(model);
    List<Issue> issues = new ArrayList<>();
    List<String> known = model.datasets().stream().map(Dataset::name).toList();
    notice.datasets()
        .stream()
        .filter(name -> !known.contains(name))
        .forEach(name -> issues.add(ChangeNotice.unknown("dataset", name, known)));
    changed.names.addAll(notice.datasets());
    for (String name : notice.metrics()) {
      Optional<Metric> metric = model.anyMetric(name);
      metric.ifPresent(changed::add);
      if (metric.isEmpty()) {
        issues.add(ChangeNotice.unknown("metric", name, model.metrics().stream().map(Metric::name).toList()));
      }
    }
    if (!issues.isEmpty()) {
      throw new SextantException(issues);
    }
    Stream.concat(notice.tables().stream(), notice.models().stream()).forEach(changed::addTable);
    return changed;
  }

  private void add(Metric metric) {
    switch (metric) {
      case Metric.Simple simple -> names.add(simple.measure().dataset());
      case Metric.Cumulative cumulative -> add(cumulative.input());
      case Metric.Ratio ratio -> {
        add(ratio.numerator());
        add(ratio.denominator());
      }
      case Metric.Derived derived -> derived.inputs().forEach(this::add);
      case Metric.Conversion conversion -> {
        add(conversion.base());
        add(conversion.conversion());
      }
    }
  }

  private void add(MetricInput input) {
    model.anyMetric(input.metric()).ifPresent(this::add);
  }

  private void addTable(String table) {
    List<String> readers = model.datasets().stream().filter(dataset -> reads(dataset.source(), table)).map(Dataset::name).toList();
    names.addAll(readers);
    if (readers.isEmpty()) {
      unread.add(table);
    }
  }

  /** A table may be named with its schema and database or without; a query reads what its text mentions. */
  private static boolean reads(Source source, String table) {
    String wanted = table.toLowerCase(Locale.ROOT);
    String last = wanted.substring(wanted.lastIndexOf('.') + 1);
    return switch (source) {
      case Source.Table own -> {
        String full = own.toString().toLowerCase(Locale.ROOT);
        yield ("." + full).endsWith("." + wanted) || ("." + wanted).endsWith("." + full);
      }
      case Source.Query query -> Pattern.compile("(?i)(?<![\\w$])" + Pattern.quote(last) + "(?![\\w$])").matcher(query.sql()).find();
    };
  }

  public List<String> names() {
    return List.copyOf(names);
  }

  /** The tables and models that no dataset reads. */
  public List<String> unread() {
    return List.copyOf(unread);
  }
}
