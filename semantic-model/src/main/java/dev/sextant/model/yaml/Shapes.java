// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.yaml;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** Reads the {@link Shape}s of definition records from their components. */
final class Shapes {

  private Shapes() {}

  static Shape.Fields of(Class<? extends Record> type) {
    Form form = Objects.requireNonNull(type.getAnnotation(Form.class), () -> type + " has no @Form");
    return new Shape.Fields(type, form.value(), form.shorthand(), form.open());
  }

  static Shape.Field field(RecordComponent component) {
    Key key = Objects.requireNonNull(component.getAnnotation(Key.class), () -> component + " has no @Key");
    String name = key.name().isEmpty() ? snakeCase(component.getName()) : key.name();
    return new Shape.Field(name, List.of(key.also()), shape(component.getGenericType(), key.lone()), key.inline(), key.rest(), key.value());
  }

  private static String snakeCase(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  private static Shape shape(Type type, boolean lone) {
    if (type instanceof ParameterizedType generic) {
      Type inner = generic.getActualTypeArguments()[0];
      if (generic.getRawType() == Located.class) {
        return new Shape.Text((Class<?>) inner);
      }
      if (generic.getRawType() == Optional.class) {
        return new Shape.Maybe(shape(inner, lone));
      }
      if (inner instanceof ParameterizedType pair && pair.getRawType() == Named.class) {
        return new Shape.Entries(shape(pair.getActualTypeArguments()[0], false));
      }
      return new Shape.Items(shape(inner, false), lone);
    }
    Class<?> plain = (Class<?>) type;
    return plain == YamlNode.class ? new Shape.Any() : of(plain.asSubclass(Record.class));
  }
}
