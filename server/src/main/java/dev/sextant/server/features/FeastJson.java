// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.features;

import dev.sextant.activation.serving.FeatureStatus;
import dev.sextant.activation.serving.ServedRows;
import dev.sextant.server.answer.ByteText;
import dev.sextant.server.answer.StoredJson;
import dev.sextant.server.ask.FeastRequest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes features as Feast's feature server does: one result for each name, first the parts of the key, with a value, a status and an event
 * timestamp for each row. The timestamp is the instant the values are of.
 */
final class FeastJson {
  private static final long EPOCH = 0;

  private final FeastRequest request;
  private final List<ServedRows> answers;
  private final ByteText out;
  private final StoredJson json;

  FeastJson(FeastRequest request, List<ServedRows> answers, ByteText out) {
    this.request = request;
    this.answers = answers;
    this.out = out;
    this.json = new StoredJson(out);
  }

  void write() {
    out.ascii("{\"metadata\":{\"feature_names\":[");
    List<String> names = names();
    for (int i = 0; i < names.size(); i++) {
      comma(i);
      json.text(names.get(i));
    }
    out.ascii("]},\"results\":[");
    int results = 0;
    for (String entity : request.entities().keySet()) {
      comma(results++);
      key(request.entities().getOrDefault(entity, List.of()));
    }
    for (ServedRows rows : answers) {
      for (int feature = 0; feature < rows.view().features().size(); feature++) {
        comma(results++);
        column(rows, feature);
      }
    }
    out.ascii("]}");
  }

  private List<String> names() {
    List<String> names = new ArrayList<>(request.entities().keySet());
    for (ServedRows rows : answers) {
      String prefix = request.fullNames() ? rows.view().version().view() + "__" : "";
      rows.view().features().forEach(feature -> names.add(prefix + feature.name()));
    }
    return names;
  }

  private void comma(int before) {
    if (before > 0) {
      out.put(',');
    }
  }

  private void key(List<@Nullable Object> values) {
    out.ascii("{\"values\":[");
    for (int i = 0; i < values.size(); i++) {
      comma(i);
      switch (values.get(i)) {
        case null -> json.nothing();
        case Boolean flag -> json.flag(flag);
        case BigDecimal number -> out.ascii(number.toString());
        case Object text -> json.text(text.toString());
      }
    }
    out.ascii("],\"statuses\":[");
    for (int i = 0; i < values.size(); i++) {
      comma(i);
      json.text(FeatureStatus.PRESENT.name());
    }
    out.ascii("],\"event_timestamps\":[");
    for (int i = 0; i < values.size(); i++) {
      comma(i);
      json.instant(EPOCH);
    }
    out.ascii("]}");
  }

  private void column(ServedRows rows, int feature) {
    out.ascii("{\"values\":[");
    for (int i = 0; i < rows.count(); i++) {
      comma(i);
      rows.go(i);
      rows.value(feature, json);
    }
    out.ascii("],\"statuses\":[");
    for (int i = 0; i < rows.count(); i++) {
      comma(i);
      rows.go(i);
      json.text(status(rows.status(feature)));
    }
    out.ascii("],\"event_timestamps\":[");
    for (int i = 0; i < rows.count(); i++) {
      comma(i);
      json.instant(rows.go(i) ? rows.asOfMicros() : EPOCH);
    }
    out.ascii("]}");
  }

  private static String status(FeatureStatus status) {
    return status == FeatureStatus.NULL ? "NULL_VALUE" : status.name();
  }
}
