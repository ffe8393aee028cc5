// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as JSON has them: texts, numbers, truth values and null; times are ISO 8601 texts. */
final class JsonValues {
  private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);

  private JsonValues() {}

  static @Nullable Object of(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Boolean truth -> truth;
      case Byte small -> small.longValue();
      case Short small -> small.longValue();
      case Integer whole -> whole.longValue();
      case Long whole -> whole;
      case BigInteger whole -> whole;
      case BigDecimal decimal -> decimal;
      case Float binary -> binary.doubleValue();
      case Double binary -> binary.isNaN() || binary.isInfinite() ? null : binary;
      case Timestamp local -> iso(local.toLocalDateTime());
      case LocalDateTime local -> iso(local);
      case OffsetDateTime instant -> iso(instant.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()) + "Z";
      case LocalDate date -> date.toString();
      case LocalTime time -> time.toString();
      default -> value.toString();
    };
  }

  private static String iso(LocalDateTime local) {
    return local.getSecond() == 0 && local.getNano() == 0 ? local + ":00" : local.toString();
  }

  static String text(Map<String, @Nullable Object> values) {
    try {
      return JSON.writeValueAsString(values);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** The columns of a key that is kept as a JSON array. */
  static Map<String, @Nullable Object> keys(String key, List<String> columns) {
    try {
      JsonNode parts = JSON.readTree(key);
      Map<String, @Nullable Object> keys = new LinkedHashMap<>();
      for (int i = 0; i < columns.size(); i++) {
        keys.put(columns.get(i), JSON.treeToValue(parts.path(i), Object.class));
      }
      return keys;
    } catch (JsonProcessingException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
