// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.yaml;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What reading a definition record needs, prepared once: its components, the keys of its mapping (inline ones included), and the record in
 * which no key is written, if all may be missing.
 */
record Layout(List<Shape.Field> fields, Set<String> keys, Constructor<?> constructor, Optional<Object> empty) {
  private static final ClassValue<Layout> LAYOUTS = new ClassValue<>() {
    @Override
    protected Layout computeValue(Class<?> type) {
      return read(type);
    }
  };

  static Layout of(Class<? extends Record> type) {
    return LAYOUTS.get(type);
  }

  private static Layout read(Class<?> type) {
    List<Shape.Field> fields = new ArrayList<>();
    Set<String> keys = new LinkedHashSet<>();
    for (var component : Objects.requireNonNull(type.getRecordComponents())) {
      Shape.Field field = Shapes.field(component);
      fields.add(field);
      if (field.shape() instanceof Shape.Fields inner && field.inline()) {
        keys.addAll(inner.layout().keys());
      } else if (!field.rest()) {
        keys.add(field.key());
        keys.addAll(field.also());
      }
    }
    Constructor<?> constructor = type.getDeclaredConstructors()[0];
    constructor.setAccessible(true);
    return new Layout(List.copyOf(fields), keys, constructor, empty(fields, constructor));
  }

  private static Optional<Object> empty(List<Shape.Field> fields, Constructor<?> constructor) {
    List<Object> values = new ArrayList<>();
    fields.forEach(field -> field.missing().ifPresent(values::add));
    return values.size() == fields.size() ? Optional.of(construct(constructor, values)) : Optional.empty();
  }

  Object construct(List<Object> values) {
    return construct(constructor, values);
  }

  private static Object construct(Constructor<?> constructor, List<Object> values) {
    try {
      return constructor.newInstance(values.toArray());
    } catch (InstantiationException | IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot make a " + constructor.getDeclaringClass().getSimpleName(), e);
    }
  }
}
