// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.features;

import dev.sextant.activation.serving.FeatureStatus;
import dev.sextant.activation.serving.ServedFeature;
import dev.sextant.activation.serving.ServedRows;
import dev.sextant.server.answer.ByteText;
import dev.sextant.server.answer.StoredJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of a stored view as a table of texts for people; a value that is not there is its status. */
public final class FeatureTable {
  private final ByteText out = new ByteText();
  private final StoredJson json = new StoredJson(out);
  private final ServedRows rows;

  public FeatureTable(ServedRows rows) {
    this.rows = rows;
  }

  /** The columns' names: the key, the instant the values are of, and the features. */
  public List<String> names() {
    List<String> names = new ArrayList<>(List.of("key", "as of"));
    rows.view().features().stream().map(ServedFeature::name).forEach(names::add);
    return names;
  }

  /** A line for each key. */
  public List<List<String>> lines(List<? extends Map<String, ? extends @Nullable Object>> keys) {
    List<List<String>> lines = new ArrayList<>();
    for (int row = 0; row < rows.count(); row++) {
      List<String> line = new ArrayList<>(List.of(String.valueOf(keys.get(row))));
      boolean found = rows.go(row);
      json.instant(found ? rows.asOfMicros() : Long.MIN_VALUE);
      line.add(written());
      for (int feature = 0; feature < rows.view().features().size(); feature++) {
        rows.value(feature, json);
        String value = written();
        FeatureStatus status = rows.status(feature);
        line.add(status == FeatureStatus.PRESENT ? value : status.name() + (value.equals("null") ? "" : " " + value));
      }
      lines.add(line);
    }
    return lines;
  }

  private String written() {
    String text = new String(out.bytes(), StandardCharsets.UTF_8);
    out.clear();
    return text.length() > 1 && text.startsWith("\"") ? text.substring(1, text.length() - 1) : text;
  }
}
