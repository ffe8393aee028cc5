// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.answer;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ShortestDoubleTest {
  private static final int MANY = 200_000;

  private final ByteText out = new ByteText();

  private void agrees(double value) {
    out.clear();
    ShortestDouble.write(value, out);
    String text = new String(out.bytes(), StandardCharsets.US_ASCII);
    if (!text.equals(Double.toString(value))) {
      assertThat(text).isEqualTo(Double.toString(value));
    }
  }

  private void agreesAround(double value) {
    if (value != 0 && Double.isFinite(value)) {
      agrees(value);
      agrees(-value);
    }
  }

  @Test
  void anyBitsLookAsInJava() {
    Random random = new Random(3);
    for (int i = 0; i < MANY; i++) {
      agreesAround(Double.longBitsToDouble(random.nextLong()));
      agreesAround(Double.longBitsToDouble(random.nextLong(1L << 52)));
    }
  }

  @Test
  void averagesLookAsInJava() {
    Random random = new Random(4);
    for (int i = 0; i < MANY; i++) {
      agreesAround((double) random.nextInt(10_000_000) / (1 + random.nextInt(1_000)));
      agreesAround(random.nextInt(1_000) / Math.pow(10, random.nextInt(40) - 20));
    }
  }

  @Test
  void powersAndTheirNeighboursLookAsInJava() {
    for (int exponent = -1074; exponent <= 1023; exponent++) {
      double power = Math.scalb(1.0, exponent);
      agreesAround(power);
      agreesAround(Math.nextUp(power));
      agreesAround(Math.nextDown(power));
    }
    for (int exponent = -324; exponent <= 308; exponent++) {
      double power = Double.parseDouble("1e" + exponent);
      agreesAround(power);
      agreesAround(Math.nextUp(power));
      agreesAround(Math.nextDown(power));
    }
    agreesAround(Double.MAX_VALUE);
    agreesAround(Double.MIN_VALUE);
    agreesAround(2 * Double.MIN_VALUE);
    agreesAround(3 * Double.MIN_VALUE);
  }
}
