// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.ask;

import dev.sextant.model.Issue;
import dev.sextant.query.QueryIssue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON values as plain ones: texts, flags, BigDecimals, nulls and lists of them. */
final class JsonValues {
  private JsonValues() {}

  /** The members of an object; {@code what} names it in issues. */
  static Map<String, @Nullable Object> members(Json json, String what, List<Issue> issues) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    if (json instanceof Json.Object object) {
      object.members().forEach(member -> members.put(member.key(), value(member.value(), "'" + member.key() + "'", issues)));
    } else {
      issues.add(Issue.of(QueryIssue.INVALID_REQUEST, json.at(), what + " must be an object, not " + json.kind() + "."));
    }
    return members;
  }

  static @Nullable Object value(Json json, String what, List<Issue> issues) {
    return switch (json) {
      case Json.Text text -> text.value();
      case Json.Flag flag -> flag.value();
      case Json.Null nothing -> null;
      case Json.Number number -> new BigDecimal(number.text());
      case Json.Array array -> {
        List<@Nullable Object> items = new ArrayList<>();
        array.items().forEach(item -> items.add(value(item, what, issues)));
        yield items;
      }
      case Json.Object object -> {
        issues.add(Issue.of(QueryIssue.INVALID_REQUEST, json.at(), what + " must be a value or a list of values, not an object."));
        yield null;
      }
    };
  }
}
