// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.training;

import dev.sextant.activation.ActivationIssue;
import dev.sextant.activation.TrainingManifest.CheckResult;
import dev.sextant.activation.scratch.ScratchFile;
import dev.sextant.activation.scratch.Sql;
import dev.sextant.model.TrainingSet;
import dev.sextant.query.FeatureQuery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What must hold of an export's rows. Leakage and the order of times are always looked at; other checks where the training set names them. */
final class Checks {
  private static final String SPLIT = Sql.name(ExportRows.SPLIT);
  private static final String ROWS = " from " + ExportRows.TABLE;

  private static final double TELLTALE = 0.98;
  private static final int FEWEST_TO_TELL = 30;

  private final ExportRows rows;
  private final ScratchFile tables;
  private final Splits splits;
  private final List<CheckResult> results = new ArrayList<>();

  Checks(ExportRows rows, Splits splits) {
    this.rows = rows;
    this.tables = rows.tables();
    this.splits = splits;
  }

  List<CheckResult> run(List<TrainingSet.Check> asked) {
    noLeakage();
    temporalOrder();
    for (TrainingSet.Check check : asked) {
      switch (check.name()) {
        case "class_balance" -> classBalance(check.settings());
        case "not_null" -> columns(check).forEach(this::notNull);
        case "range" -> range(check);
        case "min_rows" -> minRows(number(check, "value", "1"));
        default -> { // always looked at
        }
      }
    }
    return results;
  }

  private void add(String check, String column, boolean passed, String severity, String found) {
    results.add(new CheckResult(check, column, passed, severity, found));
  }

  private static String list(List<String> columns) {
    return columns.stream().map(Sql::name).collect(Collectors.joining(", "));
  }

  private void noLeakage() {
    List<String> identity = Stream.concat(rows.layout().keys().stream(), Stream.of(FeatureQuery.AT)).toList();
    long sameRows = tables.count("select count(*) from (select 1" + ROWS + " group by " + list(identity) + " having count(distinct " + SPLIT
        + ") > 1)");
    add("no_leakage.same_row", "", sameRows == 0, "error", sameRows + " keys and instants in several splits");
    long sameKeys = tables
        .count("select count(*) from (select 1" + ROWS + " group by " + list(rows.layout().keys()) + " having count(distinct "
            + SPLIT + ") > 1)");
    boolean byTime = splits.by().equals("time");
    add("no_leakage.same_key", "", byTime || sameKeys == 0, byTime ? "info" : "error", sameKeys + " keys in several splits");
    for (String column : rows.columns("event_time")) {
      long future = tables.count("select count(*)" + ROWS + " where " + Sql.name(column) + " > " + Sql.name(FeatureQuery.AT));
      add("no_leakage.from_the_future", column, future == 0, "error", future + " rows with an event after their instant");
    }
    if (byTime) {
      testBeforeTrain();
    }
    copies();
    telltales();
  }

  private void testBeforeTrain() {
    List<String> names = splits.names();
    for (int i = 1; i < names.size(); i++) {
      String earlier = names.get(i - 1);
      String later = names.get(i);
      long before = tables
          .count("select count(*)" + ROWS + " where " + SPLIT + " = " + Sql.text(later) + " and " + Sql.name(FeatureQuery.AT)
              + " <= (select max(" + Sql.name(FeatureQuery.AT) + ")" + ROWS + " where " + SPLIT + " = " + Sql.text(earlier) + ")");
      add("no_leakage.test_before_train", "", before == 0, "error", before + " rows of " + later + " are not after all of " + earlier);
    }
  }

  /** Rows that are alike in all features and the label may be copies of each other; they may as well be customers who did nothing. */
  private void copies() {
    List<String> values = Stream.concat(rows.columns("feature").stream(), rows.columns("label").stream()).toList();
    if (!values.isEmpty()) {
      long copies = tables.count("select count(*) from (select 1" + ROWS + " group by " + list(values) + " having count(distinct " + SPLIT
          + ") > 1)");
      add("no_leakage.same_values", "", true, "info", copies + " combinations of feature values and label are in several splits");
    }
  }

  /** A feature that all but equals the label was made from it. */
  private void telltales() {
    for (String label : rows.columns("label")) {
      String type = rows.types().getOrDefault(label, "");
      if (!type.equals("BOOLEAN") && !Profiles.isNumber(type)) {
        continue;
      }
      String wanted = "cast(" + (type.equals("BOOLEAN") ? "cast(" + Sql.name(label) + " as integer)" : Sql.name(label)) + " as double)";
      for (String feature : rows.columns("feature")) {
        if (Profiles.isNumber(rows.types().getOrDefault(feature, ""))) {
          String value = "cast(" + Sql.name(feature) + " as double)";
          String share = tables.text("select case when count(" + wanted + " + " + value + ") >= " + FEWEST_TO_TELL
              + " then cast(abs(corr(" + wanted + ", " + value + ")) as varchar) end" + ROWS)
              .filter(text -> !text.equalsIgnoreCase("nan"))
              .orElse("0");
          add("no_leakage.telltale", feature, Double.parseDouble(share) < TELLTALE, "error", "correlation with the label is " + share);
        }
      }
    }
  }

  private void temporalOrder() {
    long missing = tables.count("select count(*)" + ROWS + " where " + Sql.name(FeatureQuery.AT) + " is null");
    add("temporal_order", FeatureQuery.AT, missing == 0, "error", missing + " rows without an instant");
  }

  private void classBalance(Map<String, String> settings) {
    String label = rows.columns("label")
        .stream()
        .findFirst()
        .orElseThrow(() -> ActivationIssue.TRAINING_CONFIG.because("The check class_balance needs a label; name it in the spine."));
    double least = Double.parseDouble(settings.getOrDefault("min_share", "0.01"));
    Map<String, Double> shares = new LinkedHashMap<>();
    tables.list("select coalesce(cast(" + Sql.name(label) + " as varchar), 'null'), count(*) / (select count(*)" + ROWS + ")" + ROWS
        + " group by 1 order by 1", row -> Map.entry(row.getString(1), row.getDouble(2)))
        .forEach(one -> shares.put(one.getKey(), one.getValue()));
    boolean balanced = shares.size() > 1 && shares.values().stream().allMatch(share -> share >= least);
    add("class_balance", label, balanced, "error",
        "shares are " + shares + ", wanted is at least " + least + " of each of several classes");
  }

  private void notNull(String column) {
    long nulls = tables.count("select count(*)" + ROWS + " where " + Sql.name(known(column)) + " is null");
    add("not_null", column, nulls == 0, "error", nulls + " of " + rows.rows() + " rows have none");
  }

  private String known(String column) {
    if (!rows.types().containsKey(column)) {
      throw ActivationIssue.TRAINING_CONFIG.because("A check of training set '" + rows.layout().set().name() + "' names column '" + column
          + "', but the columns are " + String.join(", ", rows.types().keySet()) + ".");
    }
    return column;
  }

  private static List<String> columns(TrainingSet.Check check) {
    return Arrays.stream(check.settings().getOrDefault("columns", check.settings().getOrDefault("value", "")).split(",", -1))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /** Settings are {@code column.min} and {@code column.max}. */
  private void range(TrainingSet.Check check) {
    for (String column : check.settings().keySet().stream().map(key -> key.replaceFirst("\\.(min|max)$", "")).distinct().toList()) {
      Optional<String> min = Optional.ofNullable(check.settings().get(column + ".min"));
      Optional<String> max = Optional.ofNullable(check.settings().get(column + ".max"));
      String value = Sql.name(known(column));
      String outside = Stream.concat(min.map(bound -> value + " < " + literal(bound)).stream(),
          max.map(bound -> value + " > " + literal(bound)).stream()).collect(Collectors.joining(" or "));
      if (outside.isEmpty()) {
        throw ActivationIssue.TRAINING_CONFIG.because("The check range of column '" + column + "' needs min or max.");
      }
      long count = tables.count("select count(*)" + ROWS + " where " + outside);
      add("range", column, count == 0, "error", count + " rows outside of [" + min.orElse("") + ", " + max.orElse("") + "]");
    }
  }

  private static String literal(String bound) {
    return bound.matches("[-+]?\\d+(\\.\\d+)?") ? bound : Sql.text(bound);
  }

  private void minRows(double least) {
    add("min_rows", "", rows.rows() >= least, "error", rows.rows() + " rows");
  }

  private static double number(TrainingSet.Check check, String key, String otherwise) {
    return Double.parseDouble(check.settings().getOrDefault(key, otherwise));
  }
}
