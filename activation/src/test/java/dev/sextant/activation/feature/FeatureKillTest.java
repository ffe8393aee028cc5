// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.feature;

import dev.sextant.activation.FeatureVersion;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Killed at any instant, the watermark is never ahead of the rows and no row is torn; {@code -Dsextant.kills=50} kills more often. */
class FeatureKillTest {
  private static final int KILLS = Integer.getInteger("sextant.kills", 2);
  private static final long SEED = 20261130;
  private static final Instant FIRST = Instant.parse("2026-03-02T12:00:00Z");

  @TempDir private Path folder;

  @Test
  void theWatermarkIsNeverAheadAndNoRowIsTorn() throws Exception {
    Random random = new Random(SEED);
    try (Trips trips = Trips.open(folder, FIRST.toString())) {
      BuildOnce.data(trips);
    }
    long started = System.nanoTime();
    assertThat(start(FIRST).waitFor()).isZero();
    long whole = System.nanoTime() - started;
    Instant last = FIRST;
    for (int i = 0; i < KILLS; i++) {
      last = last.plus(Duration.ofHours(7));
      Process run = start(last);
      boolean ended = run.waitFor((long) (whole * (0.2 + 0.8 * random.nextDouble())), TimeUnit.NANOSECONDS);
      run.destroyForcibly().waitFor();
      check(last, ended && run.exitValue() == 0);
    }
    last = last.plus(Duration.ofHours(7));
    assertThat(start(last).waitFor()).as("the last run ends").isZero();
    check(last, true);
  }

  private void check(Instant wanted, boolean ended) throws IOException {
    try (Trips trips = Trips.open(folder, wanted.toString())) {
      FeatureVersion version = trips.store().serving("events").orElseThrow();
      Instant watermark = version.watermark().orElseThrow();
      if (ended) {
        assertThat(watermark).isEqualTo(wanted);
      }
      int[] places = new int[version.features().size()];
      for (int driver = 0; driver < BuildOnce.DRIVERS; driver++) {
        PackedRow row = PackedRow.of(trips.store().read(version, List.of(Rows.packed(version, driver)))[0]).orElseThrow();
        Instant asOf = PackedRow.instant(row.asOfMicros());
        assertThat(asOf).as("row of driver %s", driver).isBetween(watermark, wanted);
        Values values = new Values();
        row.locate(version.features(), places);
        for (int i = 0; i < places.length; i++) {
          row.value(version.features().get(i).type(), places[i], values);
        }
        Instant trip = Instant.parse("2026-03-01T00:00:00Z").plus(Duration.ofDays(driver % BuildOnce.DAYS));
        assertThat(values.all()).as("driver %s as of %s", driver, asOf)
            .isIn(List.of(expected(driver, trip, asOf, null), expected(driver, trip, asOf, 0L)));
      }
    }
  }

  /** The trips of seven and the fares of thirty days; {@code none} is the number of no trips at all. */
  private static List<@Nullable Object> expected(int driver, Instant trip, Instant asOf, @Nullable Object none) {
    boolean happened = !trip.isAfter(asOf);
    boolean lately = happened && trip.isAfter(asOf.minus(Duration.ofDays(7)));
    boolean thisMonth = happened && trip.isAfter(asOf.minus(Duration.ofDays(30)));
    return Arrays.asList(lately ? (Object) 1L : none,
        thisMonth ? new BigDecimal(driver + ".25") : null);
  }

  private Process start(Instant at) throws IOException {
    return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC", "--add-opens=java.base/java.nio=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED", "-cp",
        System.getProperty("java.class.path"), BuildOnce.class.getName(), folder.toString(), at.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
  }
}
