// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.answer;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Numbers are spelled as Java spells them. */
class DigitsTest {
  private static final long MOST = 999_999_999_999_999_999L;

  private final ByteText out = new ByteText();
  private final Random random = new Random(4);

  /** Numbers of every length, those around each power of ten among them. */
  private LongStream numbers(int each) {
    LongStream edges = LongStream.iterate(1, power -> power <= MOST, power -> power * 10)
        .flatMap(power -> LongStream.of(power - 1, power, power + 1));
    LongStream any = random.longs(each).map(number -> (number >>> 1) >>> random.nextInt(63));
    return LongStream.concat(edges, any);
  }

  private String written() {
    String text = new String(out.bytes(), StandardCharsets.US_ASCII);
    out.clear();
    return text;
  }

  @Test
  void wholeNumbers() {
    LongStream.concat(numbers(100_000), LongStream.of(Long.MAX_VALUE)).forEach(number -> {
      out.integer(number);
      out.put(' ');
      out.integer(-number);
      assertThat(written()).isEqualTo(number + " " + -number);
    });
    out.integer(Long.MIN_VALUE);
    assertThat(written()).isEqualTo(String.valueOf(Long.MIN_VALUE));
  }

  @Test
  void decimals() {
    numbers(20_000).filter(number -> number <= MOST).forEach(number -> {
      for (int scale = 0; scale <= 18; scale++) {
        out.decimal(-number, scale);
        out.put(',');
        String sign = number == 0 ? "" : "-";
        assertThat(written()).isEqualTo(sign + new BigDecimal(BigInteger.valueOf(number), scale).toPlainString() + ",");
      }
    });
  }

  @Test
  void zerosInFront() {
    numbers(2_000).forEach(number -> {
      String plain = String.valueOf(number);
      for (int width = plain.length(); width <= Digits.MOST; width++) {
        out.padded(number, width);
        assertThat(written()).isEqualTo("0".repeat(width - plain.length()) + plain);
      }
    });
  }
}
