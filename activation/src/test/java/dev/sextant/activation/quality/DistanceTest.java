// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.quality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Distances of distributions: known values, no false alarms, no silence. */
class DistanceTest {
  private static final int BASELINE = 5_000;
  private static final int CURRENT = 2_000;
  private static final int BINS = 10;
  private static final int DRAWS = 200;
  private static final long SEED = 20261130;

  @Test
  void distancesHaveTheirTextbookValues() {
    Distance distance = Distance.of(List.of(20L, 30L, 50L), List.of(50L, 25L, 25L), true);

    assertThat(distance.populationStability()).isCloseTo(0.45729009254193054, within(1e-12));
    assertThat(distance.jensenShannon()).isCloseTo(0.28317583773175725, within(1e-12));
    assertThat(distance.kolmogorovSmirnov()).as("without the last bin, which counts NULLs").isCloseTo(0.2666666666666666, within(1e-12));
  }

  @Test
  void equalDistributionsAreAtNoDistanceAndDisjointOnesAtTheLargest() {
    Distance none = Distance.of(List.of(2L, 3L, 0L), List.of(20L, 30L, 0L), true);
    Distance all = Distance.of(List.of(5L, 0L, 0L), List.of(0L, 7L, 0L), true);

    assertThat(none).isEqualTo(new Distance(0, 0, 0));
    assertThat(all.jensenShannon()).isEqualTo(1);
    assertThat(all.kolmogorovSmirnov()).isEqualTo(1);
    assertThat(all.populationStability()).isGreaterThan(10);
  }

  private static double[] sorted(Random random, int count) {
    double[] values = random.doubles(count).map(any -> random.nextGaussian() * 10 + (random.nextInt(4) == 0 ? 30 : 0)).toArray();
    Arrays.sort(values);
    return values;
  }

  private static List<Long> counts(double[] values, double[] edges) {
    long[] counts = new long[edges.length + 2];
    for (double value : values) {
      int bin = 0;
      while (bin < edges.length && edges[bin] < value) {
        bin++;
      }
      counts[bin]++;
    }
    return Arrays.stream(counts).boxed().toList();
  }

  private static double[] tenths(double[] sorted) {
    return Stream.iterate(1, i -> i + 1).limit(BINS - 1).mapToDouble(i -> sorted[i * sorted.length / BINS]).toArray();
  }

  @Test
  void resampledDataIsQuiet() {
    Random random = new Random(SEED);
    double[] baseline = sorted(random, BASELINE);
    double[] edges = tenths(baseline);
    List<Long> before = counts(baseline, edges);
    long alarms = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      double[] resampled = random.ints(CURRENT, 0, BASELINE).mapToDouble(i -> baseline[i]).toArray();
      alarms += Distance.of(before, counts(resampled, edges), true).isDrift() ? 1 : 0;
    }
    assertThat(alarms / (double) DRAWS).as("share of false alarms").isLessThan(0.01);
  }

  @Test
  void everyPlantedShiftIsFound() {
    Random random = new Random(SEED);
    double[] baseline = sorted(random, BASELINE);
    double[] edges = tenths(baseline);
    List<Long> before = counts(baseline, edges);
    List<Double> unseen = new ArrayList<>();
    for (int draw = 0; draw < DRAWS; draw++) {
      double shift = 5 + random.nextDouble() * 10;
      double[] shifted = random.ints(CURRENT, 0, BASELINE).mapToDouble(i -> baseline[i] + shift).toArray();
      if (!Distance.of(before, counts(shifted, edges), true).isDrift()) {
        unseen.add(shift);
      }
    }
    assertThat(unseen).isEmpty();
  }
}
