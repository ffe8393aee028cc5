// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.yaml;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes the JSON Schema (2020-12) of a definition record, so that editors complete and check what people write. */
public final class SchemaWriter {
  private static final String SCALAR = "scalar";

  private final Map<String, Object> definitions = new LinkedHashMap<>();

  private SchemaWriter() {}

  public static String write(Class<? extends Record> type, String title) {
    SchemaWriter writer = new SchemaWriter();
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", title);
    schema.putAll(writer.mapping(Shapes.of(type)));
    writer.definitions.put(SCALAR, oneOf(type("string"), type("number"), type("boolean")));
    schema.put("$defs", writer.definitions);
    return JsonText.indented(schema);
  }

  private Map<String, Object> schema(Shape shape) {
    return switch (shape) {
      case Shape.Any any -> new LinkedHashMap<>();
      case Shape.Text text -> text(text.type());
      case Shape.Maybe maybe -> schema(maybe.inner());
      case Shape.Items items -> items(items);
      case Shape.Entries entries -> {
        Map<String, Object> mapping = type("object");
        mapping.put("additionalProperties", schema(entries.value()));
        yield mapping;
      }
      case Shape.Fields fields -> reference(fields);
    };
  }

  private static Map<String, Object> text(Class<?> type) {
    if (type.isEnum()) {
      List<String> names = Scalars.names(type);
      return oneOf(single("enum", names), single("enum", names.stream().map(name -> name.toUpperCase(Locale.ROOT)).toList()));
    }
    return type == String.class
        ? reference(SCALAR)
        : type(type == Boolean.class ? "boolean" : type == BigDecimal.class ? "number" : "integer");
  }

  private Map<String, Object> items(Shape.Items items) {
    Map<String, Object> list = type("array");
    list.put("items", schema(items.item()));
    return items.lone() ? oneOf(schema(items.item()), list) : list;
  }

  private Map<String, Object> reference(Shape.Fields fields) {
    String name = fields.type().getSimpleName();
    if (!definitions.containsKey(name)) {
      definitions.put(name, Collections.emptyMap());
      Map<String, Object> mapping = mapping(fields);
      definitions.put(name, fields.shorthand().isEmpty() ? mapping : oneOf(reference(SCALAR), mapping));
    }
    return reference(name);
  }

  private static Map<String, Object> reference(String name) {
    return single("$ref", "#/$defs/" + name);
  }

  private Map<String, Object> mapping(Shape.Fields fields) {
    Map<String, Object> mapping = type("object");
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    addProperties(fields, properties, required);
    mapping.put("properties", properties);
    if (!required.isEmpty()) {
      mapping.put("required", required);
    }
    mapping.put("additionalProperties", fields.open());
    return mapping;
  }

  private void addProperties(Shape.Fields fields, Map<String, Object> properties, List<String> required) {
    for (Shape.Field field : fields.all()) {
      if (field.inline()) {
        addProperties((Shape.Fields) field.shape(), properties, required);
      } else if (!field.rest()) {
        Map<String, Object> property = new LinkedHashMap<>(schema(field.shape()));
        if (!field.documentation().isEmpty()) {
          property.put("description", field.documentation());
        }
        properties.putIfAbsent(field.key(), property);
        field.also().forEach(other -> properties.putIfAbsent(other, property));
        if (field.isRequired() && field.also().isEmpty()) {
          required.add(field.key());
        }
      }
    }
  }

  private static Map<String, Object> type(String name) {
    return single("type", name);
  }

  private static Map<String, Object> oneOf(Object... choices) {
    return single("anyOf", List.of(choices));
  }

  private static Map<String, Object> single(String key, Object value) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(key, value);
    return map;
  }
}
