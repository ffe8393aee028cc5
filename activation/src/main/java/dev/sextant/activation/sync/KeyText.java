// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sextant.activation.ActivationIssue;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Keys as people write them: {@code 42}, {@code a@b.example}, or a JSON array of several parts. */
final class KeyText {
  private static final ObjectMapper JSON = new ObjectMapper();

  private KeyText() {}

  /** The JSON arrays that a text may mean. */
  static Set<String> forms(String text) {
    Set<String> forms = new LinkedHashSet<>();
    if (text.strip().startsWith("[")) {
      forms.add(array(text).toString());
      return forms;
    }
    forms.add(JSON.createArrayNode().add(text).toString());
    if (text.strip().matches("-?\\d+(\\.\\d+)?|true|false")) {
      forms.add("[" + text.strip() + "]");
    }
    return forms;
  }

  /** The parts of a key as texts. */
  static List<String> parts(String key) {
    return StreamSupport.stream(array(key).spliterator(), false).map(JsonNode::asText).toList();
  }

  private static JsonNode array(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      if (node.isArray()) {
        return node;
      }
    } catch (JsonProcessingException malformed) {
      throw ActivationIssue.UNKNOWN_KEY.because("The key " + text + " is no JSON array.", malformed);
    }
    throw ActivationIssue.UNKNOWN_KEY.because("The key " + text + " is no JSON array.");
  }
}
