// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.graphqlhttp;

import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Measures a document before it is validated or run; each fragment is looked at once, however often it is spread. */
final class DocumentLimits {
  private final GraphqlLimits limits;
  private final Map<String, FragmentDefinition> fragments = new HashMap<>();
  private final Map<String, Size> known = new HashMap<>();
  private final Set<String> open = new HashSet<>();

  private DocumentLimits(GraphqlLimits limits, Document document) {
    this.limits = limits;
    document.getDefinitionsOfType(FragmentDefinition.class).forEach(fragment -> fragments.put(fragment.getName(), fragment));
  }

  /** Depth of data and of introspection, fields, aliases, and fields of the outermost level. */
  private record Size(int depth, int introspection, long fields, long aliases, long top) {
    static final Size NONE = new Size(0, 0, 0, 0, 0);

    Size plus(Size other) {
      return new Size(Math.max(depth, other.depth), Math.max(introspection, other.introspection), capped(fields + other.fields),
          capped(aliases + other.aliases), capped(top + other.top));
    }

    /** The size of a field with this inside. */
    Size within(Field field) {
      boolean introspects = field.getName().startsWith("__");
      int all = Math.max(depth, introspection) + 1;
      return new Size(introspects ? 0 : depth + 1, introspects ? all : introspection == 0 ? 0 : introspection + 1, capped(fields + 1),
          capped(aliases + (field.getAlias() == null ? 0 : 1)), introspects ? 0 : 1);
    }

    private static long capped(long number) {
      return Math.min(number, Integer.MAX_VALUE);
    }
  }

  /** What is too much of a document. */
  static Optional<Issue> exceeded(Document document, GraphqlLimits limits) {
    DocumentLimits measure = new DocumentLimits(limits, document);
    return document.getDefinitionsOfType(OperationDefinition.class)
        .stream()
        .map(operation -> measure.size(operation.getSelectionSet()))
        .flatMap(size -> measure.check(size).stream())
        .findFirst();
  }

  private Optional<Issue> check(Size size) {
    if (size.depth > limits.depth() || size.introspection > limits.introspectionDepth()) {
      return issue(GraphqlIssue.GRAPHQL_TOO_DEEP, "The query is nested " + Math.max(size.depth, size.introspection)
          + " levels deep; the most is " + limits.depth() + ", " + limits.introspectionDepth() + " for introspection.");
    }
    if (size.aliases > limits.aliases()) {
      return issue(GraphqlIssue.GRAPHQL_TOO_MANY_ALIASES,
          "The query has " + size.aliases + " aliases; the most is " + limits.aliases() + ".");
    }
    if (size.fields > limits.fields()) {
      return issue(GraphqlIssue.GRAPHQL_TOO_COMPLEX, "The query selects " + size.fields + " fields with its fragments spread; the most is "
          + limits.fields() + ". Ask for fewer, or in several requests.");
    }
    if (size.top > limits.queries()) {
      return issue(GraphqlIssue.GRAPHQL_TOO_MANY_QUERIES, "The query asks " + size.top + " questions; the most is " + limits.queries()
          + ". Ask them in several requests.");
    }
    return Optional.empty();
  }

  private static Optional<Issue> issue(GraphqlIssue code, String message) {
    return Optional.of(Issue.of(code, Position.NOWHERE, message));
  }

  private Size size(SelectionSet selections) {
    Size size = Size.NONE;
    for (Selection<?> selection : selections.getSelections()) {
      size = size.plus(switch (selection) {
        case Field field -> (field.getSelectionSet() == null ? Size.NONE : size(field.getSelectionSet())).within(field);
        case InlineFragment inline -> size(inline.getSelectionSet());
        case FragmentSpread spread -> fragment(spread.getName());
        default -> Size.NONE;
      });
    }
    return size;
  }

  /** Fragments that spread themselves are for validation to refuse. */
  private Size fragment(String name) {
    FragmentDefinition fragment = fragments.get(name);
    Size size = known.get(name);
    if (size != null || fragment == null || !open.add(name)) {
      return size == null ? Size.NONE : size;
    }
    Size measured = size(fragment.getSelectionSet());
    open.remove(name);
    known.put(name, measured);
    return measured;
  }
}
