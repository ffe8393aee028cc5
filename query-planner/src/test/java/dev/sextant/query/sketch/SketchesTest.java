// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sketch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Estimates keep what they promise, in parts as in one. */
class SketchesTest {
  private static final int TRIALS = 60;

  private final Random random = new Random(20_261_130L);

  /** Some of the values in each part, and all of them in the parts together. */
  private List<String> parts(List<String> values, UnaryOperator<String> sketch) {
    List<StringBuilder> lists = new ArrayList<>();
    int parts = 1 + random.nextInt(30);
    for (int i = 0; i < parts; i++) {
      lists.add(new StringBuilder());
    }
    values.forEach(value -> {
      StringBuilder list = lists.get(random.nextInt(parts));
      list.append(list.isEmpty() ? "" : ",").append(value);
    });
    return lists.stream().filter(list -> !list.isEmpty()).map(list -> sketch.apply(list.toString())).toList();
  }

  @Test
  void distinctCountsAreWithinTheError() {
    int outside = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      Set<String> distinct = new HashSet<>();
      int size = 1 << random.nextInt(16);
      List<String> values = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        String hash = Long.toUnsignedString(random.nextLong());
        distinct.add(hash);
        values.addAll(Collections.nCopies(1 + random.nextInt(3), hash));
      }
      List<String> parts = new ArrayList<>(parts(values, DistinctSketch::of));
      long merged = DistinctSketch.count(String.join(",", parts));
      Collections.shuffle(parts, random);
      assertThat(DistinctSketch.count(String.join(",", parts))).isEqualTo(merged);
      assertThat(DistinctSketch.count(DistinctSketch.of(String.join(",", values)))).isEqualTo(merged);
      double error = Math.abs(merged - distinct.size()) / (double) distinct.size();
      assertThat(error).isLessThan(2 * DistinctSketch.error());
      outside += error > DistinctSketch.error() ? 1 : 0;
    }
    assertThat(outside).isLessThan(TRIALS / 10);
  }

  @Test
  void fewValuesAreCountedExactly() {
    assertThat(DistinctSketch.count(DistinctSketch.of("1,2,3,2") + "," + DistinctSketch.of("3,18446744073709551615"))).isEqualTo(4);
  }

  @Test
  void quantilesAreWithinTheErrorOfRanks() {
    int outside = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      int size = 1 << random.nextInt(14);
      List<String> values = new ArrayList<>();
      List<Double> all = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        double value = Math.exp(3 * random.nextGaussian());
        int times = 1 + random.nextInt(4);
        values.add(value + "*" + times);
        all.addAll(Collections.nCopies(times, value));
      }
      double[] sorted = all.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      double fraction = random.nextInt(1, 100) / 100.0;
      double estimate = QuantileSketch.quantile(String.join(",", parts(values, QuantileSketch::of)), fraction);
      double error = offset(sorted, estimate, fraction);
      assertThat(error).isLessThan(2 * QuantileSketch.error());
      outside += error > QuantileSketch.error() ? 1 : 0;
    }
    assertThat(outside).isLessThan(TRIALS / 10);
  }

  /** How far the asked place is from the places that a value has among sorted ones. */
  private static double offset(double[] sorted, double value, double fraction) {
    double below = Arrays.stream(sorted).filter(one -> one < value).count() / (double) sorted.length;
    double upTo = Arrays.stream(sorted).filter(one -> one <= value).count() / (double) sorted.length;
    return Math.max(0, Math.max(below - fraction, fraction - upTo));
  }

  @Test
  void infinityAndWhatIsNoNumberSortLast() {
    assertThat(QuantileSketch.quantile(QuantileSketch.of("1.5*1,inf*1,-inf*1"), 0.5)).isEqualTo(1.5);
    assertThat(QuantileSketch.quantile(QuantileSketch.of("1.5*1,nan*2"), 0.5)).isInfinite();
  }
}
