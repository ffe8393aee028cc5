// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.features;

import dev.sextant.activation.FeatureVersion;
import dev.sextant.activation.serving.FeatureStatus;
import dev.sextant.activation.serving.ServedRows;
import dev.sextant.activation.serving.ServedView;
import dev.sextant.server.answer.ByteText;
import dev.sextant.server.answer.StoredJson;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the rows of stored views as JSON, from the packed bytes straight into the body. */
final class FeatureJson {
  private static final byte[] AS_OF = bytes(",\"as_of\":");
  private static final byte[] EVENT_TIME = bytes(",\"event_time\":");
  private static final byte[] VALUES = bytes(",\"values\":[");
  private static final byte[] STATUSES = bytes("],\"statuses\":[");
  private static final byte[] KEY = bytes("{\"key\":");
  private static final byte[] END = bytes("]}");
  private static final int LONG_DIGITS = 18;
  private static final int PRESENT_AT_ONCE = 64;
  private static final byte[] PRESENT = bytes(("\"" + FeatureStatus.PRESENT + "\",").repeat(PRESENT_AT_ONCE));
  private static final Map<FeatureStatus, byte[]> NAMES = new EnumMap<>(FeatureStatus.class);

  static {
    for (FeatureStatus status : FeatureStatus.values()) {
      NAMES.put(status, bytes("\"" + status.name() + "\""));
    }
  }

  private final ByteText out;
  private final StoredJson json;
  private final Runnable comma;
  private final ViewHeads heads;
  private long asOf;
  private byte[] asOfText = {};

  FeatureJson(ByteText out, ViewHeads heads) {
    this.out = out;
    this.heads = heads;
    this.json = new StoredJson(out);
    this.comma = () -> out.put(',');
  }

  /** A view's rows, for the keys as they were asked. */
  void rows(ServedRows rows, List<? extends Map<String, ? extends @Nullable Object>> keys) {
    ServedView view = rows.view();
    out.put(heads.of(view));
    for (int i = 0; i < rows.count(); i++) {
      if (i > 0) {
        out.put(',');
      }
      boolean found = rows.go(i);
      out.put(KEY);
      key(view.version(), keys.get(i));
      out.put(AS_OF);
      asOf(found ? rows.asOfMicros() : Long.MIN_VALUE);
      out.put(EVENT_TIME);
      json.instant(rows.eventMicros());
      row(rows, view.features().size());
    }
    out.put(END);
  }

  /** Most rows are of the instant of the last run, which is spelled once. */
  private void asOf(long micros) {
    if (asOfText.length == 0 || micros != asOf) {
      int start = out.size();
      json.instant(micros);
      asOfText = out.cutFrom(start);
      asOf = micros;
    }
    out.put(asOfText);
  }

  private void key(FeatureVersion version, Map<String, ? extends @Nullable Object> key) {
    out.put('{');
    boolean first = true;
    for (Map.Entry<String, ? extends @Nullable Object> part : key.entrySet()) {
      if (isPart(version, part.getKey())) {
        if (!first) {
          out.put(',');
        }
        first = false;
        json.text(part.getKey());
        out.put(':');
        value(part.getValue());
      }
    }
    out.put('}');
  }

  private static boolean isPart(FeatureVersion version, String name) {
    for (FeatureVersion.Key key : version.keys()) {
      if (key.name().equals(name) || key.entity().equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** A value as it came in a request. */
  private void value(@Nullable Object value) {
    switch (value) {
      case null -> json.nothing();
      case Boolean flag -> json.flag(flag);
      case BigDecimal number when number.scale() == 0 && number.precision() <= LONG_DIGITS -> out.integer(number.longValue());
      case BigDecimal number -> out.ascii(number.toString());
      case List<?> list -> {
        out.put('[');
        for (int i = 0; i < list.size(); i++) {
          if (i > 0) {
            out.put(',');
          }
          value(list.get(i));
        }
        out.put(']');
      }
      default -> json.text(value.toString());
    }
  }

  private void row(ServedRows rows, int features) {
    out.put(VALUES);
    rows.values(json, comma);
    out.put(STATUSES);
    if (rows.isWhole()) {
      present(features);
    } else {
      statuses(rows, features);
    }
    out.put(END);
  }

  /** What most rows have: every value is there. */
  private void present(int features) {
    for (int left = features; left > 0; left -= PRESENT_AT_ONCE) {
      int here = Math.min(left, PRESENT_AT_ONCE);
      out.put(PRESENT, 0, here * (PRESENT.length / PRESENT_AT_ONCE) - (here == left ? 1 : 0));
    }
  }

  private void statuses(ServedRows rows, int features) {
    for (int feature = 0; feature < features; feature++) {
      if (feature > 0) {
        out.put(',');
      }
      out.put(NAMES.getOrDefault(rows.status(feature), EVENT_TIME));
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
