// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.feature;

import dev.sextant.activation.FeatureVersion.Feature;
import dev.sextant.model.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is packed comes out again, to the last digit. */
class PackingTest {
  private static final List<Feature> FEATURES = List.of(feature("flag", DataType.BOOLEAN), feature("small", DataType.INTEGER),
      feature("wide", DataType.BIGINT), feature("money", DataType.decimal(18, 2)), feature("huge", DataType.decimal(38, 4)),
      feature("real", DataType.DOUBLE), feature("text", DataType.STRING), feature("day", DataType.DATE), feature("time", DataType.TIME),
      feature("local", DataType.TIMESTAMP), feature("instant", DataType.TIMESTAMP_TZ), feature("blob", DataType.BINARY));

  private static Feature feature(String name, DataType type) {
    return new Feature(name, type);
  }

  private static List<@Nullable Object> packedAndRead(@Nullable Object... values) {
    RowPacker packer = new RowPacker(FEATURES, new RowPacker.Origin(Rows.NOON, Optional.of(Rows.RUN))).begin(Rows.NOON, 5);
    for (int i = 0; i < values.length; i++) {
      assertThat(KeyValues.put(FEATURES.get(i).type(), values[i], packer)).as(FEATURES.get(i).name()).isTrue();
    }
    PackedRow row = PackedRow.of(packer.row()).orElseThrow();
    int[] places = new int[FEATURES.size()];
    row.locate(FEATURES, places);
    Values read = new Values();
    for (int i = FEATURES.size() - 1; i >= 0; i--) {
      row.value(FEATURES.get(i).type(), places[i], read);
    }
    assertThat(row.run()).contains(Rows.RUN);
    assertThat(row.asOfMicros()).isEqualTo(PackedRow.micros(Rows.NOON));
    assertThat(row.created()).isEqualTo(Rows.NOON);
    assertThat(row.eventMicros()).isEqualTo(5);
    return new ArrayList<>(read.all().reversed());
  }

  @Test
  void everyTypeKeepsItsValue() {
    assertThat(packedAndRead(true, new BigDecimal(Integer.MIN_VALUE), new BigDecimal(Long.MIN_VALUE),
        new BigDecimal("-1234567890123456.78"),
        new BigDecimal("-1234567890123456789012345678901234.5678"), new BigDecimal("0.1"), "Gr\u00fc\u00dfe \ud83d\ude00\n", "1969-12-31",
        "23:59:59.999999", "1969-12-31 23:59:59.999999", "2026-03-01T12:00:00.000000001+02:00", "AP8="))
            .containsExactly(true, Integer.MIN_VALUE, Long.MIN_VALUE, new BigDecimal("-1234567890123456.78"),
                new BigDecimal("-1234567890123456789012345678901234.5678"), 0.1, "Gr\u00fc\u00dfe \ud83d\ude00\n",
                LocalDate.of(1969, 12, 31), LocalTime.parse("23:59:59.999999"), LocalDateTime.parse("1969-12-31T23:59:59.999999"),
                Instant.parse("2026-03-01T10:00:00.000000001Z"), "00ff");
  }

  @Test
  void nullIsNoValue() {
    assertThat(packedAndRead(new Object[FEATURES.size()])).containsOnlyNulls().hasSize(FEATURES.size());
    assertThat(packedAndRead(false, null, new BigDecimal(0), null, new BigDecimal("0.0001"), null, "", null, "00:00", null,
        "1970-01-01T00:00:00Z", null)).containsExactly(false, null, 0L, null, new BigDecimal("0.0001"), null, "", null, LocalTime.MIDNIGHT,
            null, Instant.EPOCH, null);
  }

  @Test
  void numbersThatDoNotFitAreRefused() {
    KeyPacker any = new KeyPacker();
    assertThat(KeyValues.put(DataType.INTEGER, new BigDecimal("2147483648"), any)).isFalse();
    assertThat(KeyValues.put(DataType.BIGINT, new BigDecimal("9223372036854775808"), any)).isFalse();
    assertThat(KeyValues.put(DataType.BIGINT, new BigDecimal("1.5"), any)).isFalse();
    assertThat(KeyValues.put(DataType.decimal(5, 2), new BigDecimal("1.005"), any)).isFalse();
    assertThat(KeyValues.put(DataType.decimal(5, 2), new BigDecimal("1000"), any)).isFalse();
    assertThat(KeyValues.put(DataType.BIGINT, "1", any)).isFalse();
    assertThat(KeyValues.put(DataType.STRING, new BigDecimal(1), any)).isFalse();
    assertThat(KeyValues.put(DataType.DATE, "2026-02-30", any)).isFalse();
  }

  @Test
  void wholeNumbersAreTheSameKeyWhateverTheirType() {
    assertThat(key(DataType.INTEGER, "42")).isEqualTo(key(DataType.BIGINT, "42"))
        .isEqualTo(key(DataType.decimal(38, 0), "42"))
        .isEqualTo(key(DataType.decimal(10, 2), "42.00"));
    assertThat(key(DataType.decimal(10, 2), "42.50")).isEqualTo(key(DataType.decimal(10, 1), "42.5"))
        .isNotEqualTo(key(DataType.BIGINT, "42"));
    assertThat(key(DataType.decimal(38, 0), BigInteger.TWO.pow(100).toString())).isNotEqualTo(key(DataType.BIGINT, "0"));
  }

  private static byte[] key(DataType type, String number) {
    KeyPacker packer = new KeyPacker();
    assertThat(KeyValues.put(type, new BigDecimal(number), packer)).isTrue();
    return packer.key();
  }
}
