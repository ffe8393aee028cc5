// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.yaml;

import dev.sextant.model.Issues;
import dev.sextant.model.ModelIssue;
import dev.sextant.model.NearestNames;
import dev.sextant.model.yaml.YamlNode.Entry;
import dev.sextant.model.yaml.YamlNode.Mapping;
import dev.sextant.model.yaml.YamlNode.Scalar;
import dev.sextant.model.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
      List<Object> items = new ArrayList<>(sequence.items().size());
      sequence.items().forEach(item -> value(shape.item(), item).ifPresent(items::add));
      return Optional.of(List.copyOf(items));
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
      return record(shape, mapping, byKey(mapping));
    }
    if (node instanceof Scalar scalar && !scalar.isNull() && !shape.shorthand().isEmpty()) {
      Mapping stoodFor = new Mapping(List.of(), scalar.position(), 1);
      return record(shape, stoodFor, Collections.singletonMap(shape.shorthand(), scalar));
    }
    issues.add(ModelIssue.WRONG_KIND, node.position(), "expected " + shape.label() + " but found " + node.kind());
    return Optional.empty();
  }

  /** The keys that are written and not null. */
  private static Map<String, YamlNode> byKey(Mapping mapping) {
    Map<String, YamlNode> values = HashMap.newHashMap(mapping.entries().size());
    for (Entry entry : mapping.entries()) {
      boolean isNull = entry.value() instanceof Scalar scalar && scalar.isNull();
      if (!isNull) {
        values.put(entry.key().text(), entry.value());
      }
    }
    return values;
  }

  private void reportUnknownKeys(Shape.Fields shape, Mapping mapping) {
    Set<String> known = shape.layout().keys();
    for (Entry entry : mapping.entries()) {
      String key = entry.key().text();
      if (!known.contains(key)) {
        issues.unknown(ModelIssue.UNKNOWN_KEY, entry.key().position(), "the key '" + key + "' is not known in " + shape.label() + ".", key,
            known);
      }
    }
  }

  private Optional<Object> record(Shape.Fields shape, Mapping mapping, Map<String, YamlNode> written) {
    Layout layout = shape.layout();
    List<Object> values = new ArrayList<>(layout.fields().size());
    boolean complete = true;
    for (Shape.Field field : layout.fields()) {
      Optional<Object> value = field(shape, field, mapping, written);
      complete &= value.isPresent();
      value.ifPresent(values::add);
    }
    return complete ? Optional.of(layout.construct(values)) : Optional.empty();
  }

  private Optional<Object> field(Shape.Fields owner, Shape.Field field, Mapping mapping, Map<String, YamlNode> written) {
    if (field.inline() && field.shape() instanceof Shape.Fields inner) {
      boolean untouched = inner.layout().empty().isPresent() && Collections.disjoint(written.keySet(), inner.layout().keys());
      return untouched ? inner.layout().empty() : record(inner, mapping, written);
    }
    if (field.rest()) {
      Set<String> known = owner.layout().keys();
      List<Entry> others = mapping.entries().stream().filter(entry -> !known.contains(entry.key().text())).toList();
      return Optional.of(new Mapping(others, mapping.position(), mapping.weight()));
    }
    Optional<YamlNode> node = node(field, written);
    if (node.isEmpty() && field.isRequired()) {
      issues.add(ModelIssue.MISSING_KEY, mapping.position(), owner.label() + " needs the key '" + field.key() + "'");
    }
    return node.flatMap(found -> value(field.shape(), found)).or(field::missing);
  }

  private static Optional<YamlNode> node(Shape.Field field, Map<String, YamlNode> written) {
    YamlNode node = written.get(field.key());
    for (int i = 0; node == null && i < field.also().size(); i++) {
      node = written.get(field.also().get(i));
    }
    return Optional.ofNullable(node);
  }
}
