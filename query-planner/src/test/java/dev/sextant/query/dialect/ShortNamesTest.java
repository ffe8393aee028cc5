// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.dialect;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ShortNamesTest {
  private static final int LONGEST = 63;
  private final ShortNames names = new ShortNames(LONGEST);

  @Test
  void namesThatFitStay() {
    assertThat(names.shortened("revenue")).isEqualTo("revenue");
    assertThat(names.shortened("r".repeat(LONGEST))).isEqualTo("r".repeat(LONGEST));
  }

  @Test
  void aLongNameKeepsItsStartAndAlwaysGetsTheSameEnd() {
    String name = "account_id__customer_id__customer_third_hop_id__acquired_at__month#calendar";

    assertThat(names.shortened(name)).isEqualTo("account_id__customer_id__customer_third_hop_id__acquir_38d6c840").hasSize(LONGEST);
  }

  @Test
  void namesThatDifferOnlyAtTheirEndsStayDifferent() {
    String start = "a".repeat(LONGEST);

    assertThat(names.shortened(start + "_1")).isNotEqualTo(names.shortened(start + "_2"));
  }

  @Test
  void bytesCountAndNoCharacterIsCutInHalf() {
    String shortened = names.shortened("ü".repeat(40) + "𝄞".repeat(20));

    assertThat(shortened.getBytes(StandardCharsets.UTF_8).length).isBetween(LONGEST - 3, LONGEST);
    assertThat(shortened).startsWith("ü".repeat(27) + "_").matches("ü+_[0-9a-f]{8}");
  }
}
