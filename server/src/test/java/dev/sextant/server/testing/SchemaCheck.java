// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Checks JSON values against the part of JSON Schema that our OpenAPI document uses; keywords it does not know are faults of the test. */
public final class SchemaCheck {
  private static final List<String> REMARKS = List.of("description", "default", "examples", "format", "minimum", "pattern");

  private final JsonNode document;
  private final List<String> faults = new ArrayList<>();

  private SchemaCheck(JsonNode document) {
    this.document = document;
  }

  /** Returns what does not fit, each with its path. */
  public static List<String> faults(JsonNode document, JsonNode schema, JsonNode value) {
    SchemaCheck check = new SchemaCheck(document);
    check.check(schema, value, "$");
    return check.faults;
  }

  private void check(JsonNode schema, JsonNode value, String path) {
    for (Map.Entry<String, JsonNode> keyword : schema.properties()) {
      JsonNode rule = keyword.getValue();
      switch (keyword.getKey()) {
        case "$ref" -> check(document.at(rule.asText().substring(1)), value, path);
        case "type" -> fault(!hasType(rule, value), path, "is not of type " + rule);
        case "enum" -> fault(!contains(rule, value), path, "is not one of " + rule);
        case "const" -> fault(!rule.equals(value), path, "is not " + rule);
        case "required" -> rule.forEach(name -> fault(!value.has(name.asText()), path, "has no " + name));
        case "properties" -> rule.properties()
            .stream()
            .filter(each -> value.has(each.getKey()))
            .forEach(each -> check(each.getValue(), value.get(each.getKey()), path + "." + each.getKey()));
        case "additionalProperties" -> extra(schema, rule, value, path);
        case "items" -> {
          for (int i = 0; i < value.size(); i++) {
            check(rule, value.get(i), path + "[" + i + "]");
          }
        }
        case "allOf" -> rule.forEach(each -> check(each, value, path));
        case "oneOf" -> fault(matching(rule, value) != 1, path, "fits not exactly one of " + rule);
        default -> fault(!REMARKS.contains(keyword.getKey()), path, "has a schema with the unknown keyword " + keyword.getKey());
      }
    }
  }

  private void extra(JsonNode schema, JsonNode rule, JsonNode value, String path) {
    value.properties().stream().filter(each -> !schema.path("properties").has(each.getKey())).forEach(each -> {
      if (rule.isBoolean()) {
        fault(!rule.asBoolean(), path, "has the unknown member " + each.getKey());
      } else {
        check(rule, each.getValue(), path + "." + each.getKey());
      }
    });
  }

  private long matching(JsonNode schemas, JsonNode value) {
    long count = 0;
    for (JsonNode schema : schemas) {
      count += faults(document, schema, value).isEmpty() ? 1 : 0;
    }
    return count;
  }

  private static boolean contains(JsonNode values, JsonNode wanted) {
    for (JsonNode value : values) {
      if (value.equals(wanted)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasType(JsonNode types, JsonNode value) {
    if (types.isArray()) {
      for (JsonNode type : types) {
        if (hasType(type, value)) {
          return true;
        }
      }
      return false;
    }
    return switch (types.asText()) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      case "null" -> value.isNull();
      default -> false;
    };
  }

  private void fault(boolean wrong, String path, String what) {
    if (wrong) {
      faults.add(path + " " + what);
    }
  }
}
