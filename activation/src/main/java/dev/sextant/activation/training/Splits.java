// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.training;

import dev.sextant.activation.ActivationIssue;
import dev.sextant.activation.scratch.Sql;
import dev.sextant.model.TrainingSet;
import dev.sextant.query.FeatureQuery;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which split a row belongs to. By time, the days up to two last ones and the rest. At random, by a hash of the seed and the key, so that all rows of
 * a key are in one split, today and tomorrow, whatever other rows there are.
 */
record Splits(String by, Map<String, String> settings, String expression, List<String> names) {
  static final String TRAIN = "train";
  static final String VALIDATE = "validate";
  static final String TEST = "test";
  private static final String HASHES = "18446744073709551616";

  static Splits of(TrainingSet set, List<String> keys) {
    return set.split()
        .map(split -> split.by().equals("random") ? random(set, split, keys) : byTime(split))
        .orElseGet(() -> new Splits("none", Map.of(), Sql.text(TRAIN), List.of(TRAIN)));
  }

  private static Splits byTime(TrainingSet.Split split) {
    Map<String, String> settings = new LinkedHashMap<>();
    String at = "cast(" + Sql.name(FeatureQuery.AT) + " as date)";
    String train = split.trainUntil().orElseThrow().toString();
    settings.put("train_until", train);
    String expression = "case when " + at + " <= date " + Sql.text(train) + " then 'train'";
    if (split.validateUntil().isPresent()) {
      settings.put("validate_until", split.validateUntil().get().toString());
      expression += " when " + at + " <= date " + Sql.text(split.validateUntil().get().toString()) + " then 'validate'";
    }
    return new Splits("time", settings, expression + " else 'test' end",
        split.validateUntil().isPresent() ? List.of(TRAIN, VALIDATE, TEST) : List.of(TRAIN, TEST));
  }

  private static Splits random(TrainingSet set, TrainingSet.Split split, List<String> keys) {
    BigDecimal train = share(set, split, TRAIN, "0.8");
    BigDecimal validate = share(set, split, VALIDATE, "0");
    BigDecimal sum = train.add(validate);
    if (train.signum() <= 0 || validate.signum() < 0 || sum.compareTo(BigDecimal.ONE) > 0) {
      throw ActivationIssue.TRAINING_CONFIG.because("The split of training set '" + set.name()
          + "' needs shares above 0 that make at most 1 together, such as train: 0.8 and validate: 0.1.");
    }
    String seed = split.settings().getOrDefault("seed", "0");
    String key = keys.stream()
        .map(name -> "coalesce(length(cast(" + Sql.name(name) + " as varchar)) || ':' || cast(" + Sql.name(name) + " as varchar), '-')")
        .collect(Collectors.joining(" || "));
    String drawn = "(cast(md5_number_upper(" + Sql.text(seed + "|") + " || " + key + ") as double) / " + HASHES + ")";
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("seed", seed);
    settings.put(TRAIN, train.toPlainString());
    settings.put(VALIDATE, validate.toPlainString());
    return new Splits("random", settings, "case when " + drawn + " < " + train.toPlainString() + " then 'train' when " + drawn + " < "
        + sum.toPlainString() + " then 'validate' else 'test' end",
        validate.signum() > 0 ? List.of(TRAIN, VALIDATE, TEST) : List.of(TRAIN, TEST));
  }

  private static BigDecimal share(TrainingSet set, TrainingSet.Split split, String name, String otherwise) {
    String written = split.settings().getOrDefault(name, otherwise);
    try {
      return new BigDecimal(written);
    } catch (NumberFormatException e) {
      throw ActivationIssue.TRAINING_CONFIG.because(
          "The split of training set '" + set.name() + "': " + name + " is '" + written + "' but must be a share such as 0.8.");
    }
  }
}
