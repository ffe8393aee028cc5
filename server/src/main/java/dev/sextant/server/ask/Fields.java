// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.ask;

import dev.sextant.model.Issue;
import dev.sextant.model.NearestNames;
import dev.sextant.model.Position;
import dev.sextant.query.MetricQuery.Item;
import dev.sextant.query.QueryIssue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** The members of one JSON object, read by key; what does not fit becomes an issue, and reading goes on. */
final class Fields {
  private static final Pattern COUNT = Pattern.compile("\\d{1,18}");

  private final Map<String, Json> values = new LinkedHashMap<>();
  private final Position at;
  private final List<Issue> issues;

  /** Reads the members of {@code object}; keys outside {@code allowed} are issues, null values are absent. */
  Fields(Json.Object object, List<String> allowed, List<Issue> issues) {
    this.issues = issues;
    this.at = object.at();
    for (Json.Member member : object.members()) {
      if (!allowed.contains(member.key())) {
        issues.add(unknown(member, allowed));
      } else if (!(member.value() instanceof Json.Null)) {
        values.put(member.key(), member.value());
      }
    }
  }

  private static Issue unknown(Json.Member member, List<String> allowed) {
    List<String> near = NearestNames.to(member.key(), allowed);
    String help = near.isEmpty() ? " Allowed are " + String.join(", ", allowed) + "." : NearestNames.question(near);
    return new Issue(QueryIssue.INVALID_REQUEST, "'" + member.key() + "' is not known here." + help, member.at(), near);
  }

  /** A value as it is. */
  Optional<Json> json(String key) {
    return value(key);
  }

  private Optional<Json> value(String key) {
    return Optional.ofNullable(values.get(key));
  }

  Optional<String> text(String key) {
    return value(key).flatMap(json -> text(json, "'" + key + "'"));
  }

  private Optional<String> text(Json json, String what) {
    if (json instanceof Json.Text text) {
      return Optional.of(text.value());
    }
    wrong(json, what + " must be a string");
    return Optional.empty();
  }

  boolean flag(String key, boolean otherwise) {
    Optional<Json> json = value(key);
    if (json.isPresent() && json.get() instanceof Json.Flag flag) {
      return flag.value();
    }
    json.ifPresent(value -> wrong(value, "'" + key + "' must be true or false"));
    return otherwise;
  }

  /** A whole number that is not negative. */
  OptionalLong count(String key) {
    Optional<Json> json = value(key);
    if (json.isEmpty()) {
      return OptionalLong.empty();
    }
    if (json.get() instanceof Json.Number number && COUNT.matcher(number.text()).matches()) {
      return OptionalLong.of(Long.parseLong(number.text()));
    }
    String found = json.get() instanceof Json.Number number ? number.text() : json.get().kind();
    issues
        .add(Issue.of(QueryIssue.INVALID_LIMIT, json.get().at(), "'" + key + "' must be a whole number of 0 or more, not " + found + "."));
    return OptionalLong.empty();
  }

  /** A list of strings; one string stands for a list of one. */
  List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (Json json : list(key, "a string or a list of strings")) {
      text(json, "every item of '" + key + "'").ifPresent(texts::add);
    }
    return texts;
  }

  /** A list of names, or of objects with a name and an alias. */
  List<Item> items(String key) {
    List<Item> items = new ArrayList<>();
    for (Json json : list(key, "a list of names")) {
      item(key, json).ifPresent(items::add);
    }
    return items;
  }

  private Optional<Item> item(String key, Json json) {
    if (!(json instanceof Json.Object object)) {
      return text(json, "every item of '" + key + "'").map(Item::of);
    }
    Fields fields = new Fields(object, List.of("name", "alias"), issues);
    Optional<String> name = fields.text("name");
    if (name.isEmpty() && fields.value("name").isEmpty()) {
      issues.add(Issue.of(QueryIssue.INVALID_REQUEST, object.at(), "An item of '" + key + "' has no 'name'."));
    }
    return name.map(text -> new Item(text, fields.text("alias")));
  }

  /** Where the object begins. */
  Position at() {
    return at;
  }

  boolean isAbsent(String key) {
    return value(key).isEmpty();
  }

  /** The items of a list; one string stands for a list of one. */
  List<Json> list(String key, String expected) {
    Optional<Json> json = value(key);
    if (json.isEmpty()) {
      return List.of();
    }
    if (json.get() instanceof Json.Array array) {
      return array.items();
    }
    if (json.get() instanceof Json.Text text) {
      return List.of(text);
    }
    wrong(json.get(), "'" + key + "' must be " + expected);
    return List.of();
  }

  /** One of the constants of an enum, in lower case. */
  <E extends Enum<E>> E choice(String key, E otherwise, E[] all) {
    Optional<Json> json = value(key);
    if (json.isEmpty()) {
      return otherwise;
    }
    List<String> names = new ArrayList<>();
    for (E each : all) {
      String name = each.name().toLowerCase(Locale.ROOT);
      if (json.get() instanceof Json.Text text && text.value().equals(name)) {
        return each;
      }
      names.add(name);
    }
    wrong(json.get(), "'" + key + "' must be one of " + String.join(", ", names));
    return otherwise;
  }

  /** The members of an inner object. */
  Optional<Fields> object(String key, List<String> allowed) {
    Optional<Json> json = value(key);
    if (json.isPresent() && json.get() instanceof Json.Object object) {
      return Optional.of(new Fields(object, allowed, issues));
    }
    json.ifPresent(value -> wrong(value, "'" + key + "' must be an object with " + String.join(", ", allowed)));
    return Optional.empty();
  }

  /** Whether the key's value is an object. */
  boolean holdsObject(String key) {
    return values.get(key) instanceof Json.Object;
  }

  /** Adds an issue at the key's value. */
  void wrong(String key, String message) {
    value(key).ifPresent(json -> issues.add(Issue.of(QueryIssue.INVALID_REQUEST, json.at(), message)));
  }

  private void wrong(Json json, String rule) {
    String found = json instanceof Json.Text text ? "'" + text.value() + "'" : json.kind();
    issues.add(Issue.of(QueryIssue.INVALID_REQUEST, json.at(),
        Character.toUpperCase(rule.charAt(0)) + rule.substring(1) + ", not " + found + "."));
  }
}
