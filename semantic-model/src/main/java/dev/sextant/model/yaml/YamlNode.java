// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.yaml;

import dev.sextant.model.Position;
import java.util.List;
import java.util.Optional;

/** A piece of a YAML document that knows where it stands. */
public sealed interface YamlNode {

  /** What stands for a key that is not there. */
  YamlNode NOTHING = new Mapping(List.of(), Position.NOWHERE, 1);

  Position position();

  /** How many nodes reading it visits, aliases expanded. */
  long weight();

  /** What people call this kind of node. */
  String kind();

  /** A text, number, boolean or null. */
  record Scalar(String text, boolean isPlain, SourceText source, Position position) implements YamlNode {
    @Override
    public long weight() {
      return 1;
    }

    @Override
    public String kind() {
      return isNull() ? "nothing" : "'" + (text.length() > 40 ? text.substring(0, 40) + ".." : text) + "'";
    }

    public boolean isNull() {
      return isPlain && (text.isEmpty() || text.equals("~") || text.equalsIgnoreCase("null"));
    }

    /** Where the character at {@code offset} of the text stands in the file. */
    public Position place(int offset) {
      return source.place(text, offset, position.file());
    }
  }

  /** A list. */
  record Sequence(List<YamlNode> items, Position position, long weight) implements YamlNode {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String kind() {
      return "a list";
    }
  }

  /** Keys with values, in the order written. */
  record Mapping(List<Entry> entries, Position position, long weight) implements YamlNode {
    public Mapping {
      entries = List.copyOf(entries);
    }

    @Override
    public String kind() {
      return "a mapping";
    }

    /** The value of a key; empty where it is missing or null. */
    public Optional<YamlNode> value(String key) {
      for (Entry entry : entries) {
        if (entry.key().text().equals(key)) {
          return entry.value() instanceof Scalar scalar && scalar.isNull() ? Optional.empty() : Optional.of(entry.value());
        }
      }
      return Optional.empty();
    }
  }

  /** A key and its value. */
  record Entry(Scalar key, YamlNode value) {}
}
