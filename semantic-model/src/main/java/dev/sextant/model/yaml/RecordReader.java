// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.yaml;

import dev.sextant.model.Issues;
import dev.sextant.model.ModelIssue;
import dev.sextant.model.NearestNames;
import dev.sextant.model.yaml.YamlNode.Entry;
import dev.sextant.model.yaml.YamlNode.Mapping;
import dev.sextant.model.yaml.YamlNode.Scalar;
import dev.sextant.model.yaml.YamlNode.Sequence;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads nodes into definition records, gathering what does not fit. */
public final class RecordReader {
  private final Issues issues;

  public RecordReader(Issues issues) {
    this.issues = issues;
  }

  /** Returns the record, or nothing when a required part is missing. */
  public <T extends Record> Optional<T> read(Class<T> type, YamlNode node) {
    return fields(Shapes.of(type), node).map(type::cast);
  }

  private Optional<Object> value(Shape shape, YamlNode node) {
    return switch (shape) {
      case Shape.Any any -> Optional.of(node);
      case Shape.Text text -> text(text, node);
      case Shape.Maybe maybe -> value(maybe.inner(), node).map(Optional::of);
      case Shape.Items items -> items(items, node);
      case Shape.Entries entries -> entries(entries, node);
      case Shape.Fields fields -> fields(fields, node);
    };
  }

  private Optional<Object> text(Shape.Text shape, YamlNode node) {
    if (!(node instanceof Scalar scalar) || scalar.isNull() && !Scalars.names(shape.type()).contains(scalar.text())) {
      issues.add(ModelIssue.WRONG_KIND, node.position(), "expected " + Scalars.expected(shape.type()) + " but found " + node.kind());
      return Optional.empty();
    }
    Optional<Object> value = Scalars.read(shape.type(), scalar);
    if (value.isEmpty()) {
      issues.add(NearestNames.issue(ModelIssue.INVALID_VALUE, scalar.position(),
          "expected " + Scalars.expected(shape.type()) + " but found '" + scalar.text() + "'.", scalar.text(),
          Scalars.names(shape.type())));
    }
    return value.map(found -> new Located<>(found, scalar));
  }

  private Optional<Object> items(Shape.Items shape, YamlNode node) {
    if (node instanceof Sequence sequence) {
      return Optional.of(sequence.items().stream().flatMap(item -> value(shape.item(), item).stream()).toList());
    }
    if (shape.lone()) {
      return Optional.of(value(shape.item(), node).stream().toList());
    }
    issues.add(ModelIssue.WRONG_KIND, node.position(), "expected a list but found " + node.kind());
    return Optional.empty();
  }

  private Optional<Object> entries(Shape.Entries shape, YamlNode node) {
    if (!(node instanceof Mapping mapping)) {
      issues.add(ModelIssue.WRONG_KIND, node.position(), "expected a mapping from names but found " + node.kind());
      return Optional.empty();
    }
    List<Named<?>> named = new ArrayList<>();
    for (Entry entry : mapping.entries()) {
      value(shape.value(), entry.value())
          .ifPresent(value -> named.add(new Named<>(new Located<>(entry.key().text(), entry.key()), value)));
    }
    return Optional.of(List.copyOf(named));
  }

  private Optional<Object> fields(Shape.Fields shape, YamlNode node) {
    if (node instanceof Mapping mapping) {
      if (!shape.open()) {
        reportUnknownKeys(shape, mapping);
      }
      return record(shape, mapping);
    }
    if (node instanceof Scalar scalar && !scalar.isNull() && !shape.shorthand().isEmpty()) {
      Scalar key = new Scalar(shape.shorthand(), true, scalar.source(), scalar.position());
      return record(shape, new Mapping(List.of(new Entry(key, scalar)), scalar.position(), 2));
    }
    issues.add(ModelIssue.WRONG_KIND, node.position(), "expected " + shape.label() + " but found " + node.kind());
    return Optional.empty();
  }

  private void reportUnknownKeys(Shape.Fields shape, Mapping mapping) {
    Set<String> known = new LinkedHashSet<>();
    keys(shape).forEach(known::add);
    for (Entry entry : mapping.entries()) {
      String key = entry.key().text();
      if (!known.contains(key)) {
        issues.unknown(ModelIssue.UNKNOWN_KEY, entry.key().position(), "the key '" + key + "' is not known in " + shape.label() + ".", key,
            known);
      }
    }
  }

  private static Stream<String> keys(Shape.Fields shape) {
    return shape.all()
        .stream()
        .filter(field -> !field.rest())
        .flatMap(
            field -> field.inline() ? keys((Shape.Fields) field.shape()) : Stream.concat(Stream.of(field.key()), field.also().stream()));
  }

  private Optional<Object> record(Shape.Fields shape, Mapping mapping) {
    List<Object> values = new ArrayList<>();
    boolean complete = true;
    for (Shape.Field field : shape.all()) {
      Optional<Object> value = field(shape, field, mapping);
      complete &= value.isPresent();
      value.ifPresent(values::add);
    }
    return complete ? Optional.of(construct(shape.type(), values)) : Optional.empty();
  }

  private Optional<Object> field(Shape.Fields owner, Shape.Field field, Mapping mapping) {
    if (field.inline()) {
      return record((Shape.Fields) field.shape(), mapping);
    }
    if (field.rest()) {
      List<String> known = keys(owner).toList();
      List<Entry> others = mapping.entries().stream().filter(entry -> !known.contains(entry.key().text())).toList();
      return Optional.of(new Mapping(others, mapping.position(), mapping.weight()));
    }
    Optional<YamlNode> written = Stream.concat(Stream.of(field.key()), field.also().stream())
        .flatMap(key -> mapping.value(key).stream())
        .findFirst();
    if (written.isEmpty() && field.isRequired()) {
      issues.add(ModelIssue.MISSING_KEY, mapping.position(), owner.label() + " needs the key '" + field.key() + "'");
    }
    return written.flatMap(node -> value(field.shape(), node)).or(() -> field.isRequired() ? Optional.empty() : missing(field.shape()));
  }

  private static Optional<Object> missing(Shape shape) {
    return switch (shape) {
      case Shape.Maybe any -> Optional.of(Optional.empty());
      case Shape.Items any -> Optional.of(List.of());
      case Shape.Entries any -> Optional.of(List.of());
      case Shape.Any any -> Optional.of(YamlNode.NOTHING);
      case Shape.Text any -> Optional.empty();
      case Shape.Fields any -> Optional.empty();
    };
  }

  private static Object construct(Class<? extends Record> type, List<Object> values) {
    try {
      Constructor<?> constructor = type.getDeclaredConstructors()[0];
      constructor.setAccessible(true);
      return Objects.requireNonNull(constructor.newInstance(values.toArray()));
    } catch (InstantiationException | IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot make a " + type.getSimpleName(), e);
    }
  }
}
