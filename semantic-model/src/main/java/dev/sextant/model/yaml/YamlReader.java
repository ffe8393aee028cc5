// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.yaml;

import dev.sextant.model.Issues;
import dev.sextant.model.ModelIssue;
import dev.sextant.model.Position;
import dev.sextant.model.yaml.YamlNode.Entry;
import dev.sextant.model.yaml.YamlNode.Mapping;
import dev.sextant.model.yaml.YamlNode.Scalar;
import dev.sextant.model.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/** Composes the documents of a YAML (or JSON) text into {@link YamlNode}s, within limits. */
public final class YamlReader {
  /** The longest text that is read. */
  public static final int MOST_CHARACTERS = 10 * 1024 * 1024;
  /** How deep nodes may nest. */
  public static final int DEEPEST = 100;
  /** How many nodes a document may have once its aliases are expanded. */
  public static final long MOST_NODES = 2_000_000;

  private static final List<String> TAGS = Stream.of("str", "int", "float", "bool", "null", "seq", "map", "timestamp")
      .map(name -> "tag:yaml.org,2002:" + name)
      .toList();

  private final String file;
  private final String text;
  private final Issues issues;
  private final ParserImpl events;
  private final Map<String, YamlNode> anchors = new HashMap<>();
  private final int[] charOffsets;
  private int depth;
  private long merged;

  private YamlReader(String file, String text, Issues issues) {
    this.file = file;
    this.text = text;
    this.issues = issues;
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MOST_CHARACTERS);
    this.events = new ParserImpl(new StreamReader(text), options);
    this.charOffsets = text.codePoints().anyMatch(Character::isSupplementaryCodePoint) ? charOffsets(text) : new int[0];
  }

  /** A fault that ends the reading of a file. */
  private static final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final ModelIssue code;
    private final transient Position position;

    Fault(ModelIssue code, Position position, String message) {
      super(message, null, false, false);
      this.code = code;
      this.position = position;
    }
  }

  /** Returns the documents that could be read before the first fault; faults go to {@code issues}. */
  public static List<YamlNode> read(String file, String text, Issues issues) {
    if (text.length() > MOST_CHARACTERS) {
      issues.add(ModelIssue.TOO_LARGE, new Position(file, 1, 1),
          "the file has " + text.length() + " characters; at most " + MOST_CHARACTERS + " are read. Split it into several files.");
      return List.of();
    }
    List<YamlNode> documents = new ArrayList<>();
    try {
      new YamlReader(file, text.startsWith("\uFEFF") ? text.substring(1) : text, issues).documents(documents);
    } catch (Fault e) {
      issues.add(e.code, e.position, Objects.requireNonNullElse(e.getMessage(), ""));
    } catch (MarkedYAMLException e) {
      issues.add(ModelIssue.INVALID_YAML, position(file, e.getProblemMark()), "this is not YAML: " + problem(e));
    } catch (ReaderException e) {
      issues.add(ModelIssue.INVALID_YAML, new Position(file, 1, 1),
          String.format("the character U+%04X is not allowed in YAML", e.getCodePoint()));
    } catch (YAMLException e) {
      issues.add(ModelIssue.INVALID_YAML, new Position(file, 1, 1), "this is not YAML: " + e.getMessage());
    }
    return documents;
  }

  private static String problem(MarkedYAMLException e) {
    String problem = Objects.requireNonNullElse(e.getProblem(), "unexpected text");
    return e.getContext() == null || e.getContext().isBlank() ? problem : e.getContext() + ", " + problem;
  }

  private static Position position(String file, Mark mark) {
    return mark == null ? new Position(file, 1, 1) : new Position(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static int[] charOffsets(String text) {
    int[] points = text.codePoints().toArray();
    int[] offsets = new int[points.length + 1];
    for (int i = 0; i < points.length; i++) {
      offsets[i + 1] = offsets[i] + Character.charCount(points[i]);
    }
    return offsets;
  }

  private void documents(List<YamlNode> documents) {
    while (true) {
      Event event = events.getEvent();
      switch (event.getEventId()) {
        case StreamEnd -> {
          return;
        }
        case DocumentStart -> {
          anchors.clear();
          YamlNode document = node(events.getEvent());
          if (document.weight() > MOST_NODES) {
            throw tooManyNodes(document.position());
          }
          documents.add(document);
        }
        case StreamStart, DocumentEnd, Comment, Alias, Scalar, SequenceStart, SequenceEnd, MappingStart, MappingEnd -> {
        }
      }
    }
  }

  private static Fault tooManyNodes(Position position) {
    return new Fault(ModelIssue.TOO_LARGE, position, "the document has more than " + MOST_NODES + " nodes once its aliases are expanded");
  }

  private YamlNode node(Event event) {
    if (++depth > DEEPEST) {
      throw new Fault(ModelIssue.TOO_LARGE, at(event), "nodes nest more than " + DEEPEST + " levels deep");
    }
    YamlNode node = switch (event) {
      case AliasEvent alias -> alias(alias);
      case ScalarEvent scalar -> scalar(scalar);
      case SequenceStartEvent start -> sequence(start);
      case MappingStartEvent start -> mapping(start);
      default -> throw new Fault(ModelIssue.INVALID_YAML, at(event), "this is not YAML: unexpected " + event.getEventId());
    };
    if (event instanceof NodeEvent named && named.getAnchor() != null && !(event instanceof AliasEvent)) {
      anchors.put(named.getAnchor(), node);
    }
    depth--;
    return node;
  }

  private YamlNode alias(AliasEvent alias) {
    YamlNode known = anchors.get(alias.getAnchor());
    if (known == null) {
      throw new Fault(ModelIssue.INVALID_YAML, at(alias), "the alias '*" + alias.getAnchor() + "' names no anchor before it");
    }
    return known;
  }

  private Scalar scalar(ScalarEvent event) {
    checkTag(event.getTag(), event);
    SourceText.Style style = switch (event.getScalarStyle()) {
      case PLAIN -> SourceText.Style.PLAIN;
      case SINGLE_QUOTED -> SourceText.Style.SINGLE_QUOTED;
      case DOUBLE_QUOTED, JSON_SCALAR_STYLE -> SourceText.Style.DOUBLE_QUOTED;
      case LITERAL, FOLDED -> SourceText.Style.BLOCK;
    };
    SourceText source = new SourceText(text, offset(event.getStartMark()), offset(event.getEndMark()), style);
    return new Scalar(event.getValue(), event.isPlain(), source, at(event));
  }

  private int offset(Mark mark) {
    return charOffsets.length == 0 ? mark.getIndex() : charOffsets[mark.getIndex()];
  }

  private Sequence sequence(SequenceStartEvent start) {
    checkTag(start.getTag(), start);
    List<YamlNode> items = new ArrayList<>();
    long weight = 1;
    for (Event event = events.getEvent(); !event.is(Event.ID.SequenceEnd); event = events.getEvent()) {
      YamlNode item = node(event);
      items.add(item);
      weight = Math.min(weight + item.weight(), Integer.MAX_VALUE);
    }
    return new Sequence(items, at(start), weight);
  }

  private Mapping mapping(MappingStartEvent start) {
    checkTag(start.getTag(), start);
    Map<String, Entry> entries = new LinkedHashMap<>();
    List<Mapping> others = new ArrayList<>();
    for (Event event = events.getEvent(); !event.is(Event.ID.MappingEnd); event = events.getEvent()) {
      YamlNode key = node(event);
      YamlNode value = node(events.getEvent());
      if (!(key instanceof Scalar name)) {
        throw new Fault(ModelIssue.WRONG_KIND, key.position(), "a key must be a text, not " + key.kind());
      }
      if (name.isPlain() && name.text().equals("<<")) {
        others.addAll(mappings(value));
      } else if (entries.putIfAbsent(name.text(), new Entry(name, value)) != null) {
        issues.add(ModelIssue.DUPLICATE_KEY, name.position(), "the key '" + name.text() + "' stands here twice");
      }
    }
    others.forEach(other -> other.entries().forEach(entry -> entries.putIfAbsent(entry.key().text(), entry)));
    long weight = 1 + entries.values().stream().mapToLong(entry -> 1 + entry.value().weight()).sum();
    return new Mapping(List.copyOf(entries.values()), at(start), Math.min(weight, Integer.MAX_VALUE));
  }

  private List<Mapping> mappings(YamlNode value) {
    merged += value.weight();
    if (merged > MOST_NODES) {
      throw tooManyNodes(value.position());
    }
    return switch (value) {
      case Mapping mapping -> List.of(mapping);
      case Sequence sequence -> sequence.items().stream().flatMap(item -> mappings(item).stream()).toList();
      case Scalar scalar -> throw new Fault(ModelIssue.WRONG_KIND, scalar.position(), "'<<' merges mappings, not " + scalar.kind());
    };
  }

  private void checkTag(String tag, Event event) {
    if (tag != null && !tag.equals("!") && !TAGS.contains(tag)) {
      throw new Fault(ModelIssue.INVALID_YAML, at(event), "the tag '" + tag + "' is not supported");
    }
  }

  private Position at(Event event) {
    return position(file, event.getStartMark());
  }
}
