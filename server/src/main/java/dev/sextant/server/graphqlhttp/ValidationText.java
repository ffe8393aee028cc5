// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.graphqlhttp;

import dev.sextant.model.NearestNames;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLEnumValueDefinition;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLNamedSchemaElement;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What GraphQL's validation says, in words for people: without the trees that its library prints, and with the names that were meant. */
record ValidationText(String message, List<String> suggestions) {
  private static final Pattern PREFIX = Pattern.compile("^Validation error \\(\\w+(?:@\\[([^]]*)])?\\) : ");
  private static final String VALUE = " with value '(?:.*)' ";
  private static final Pattern NO_SUCH_KEY = Pattern.compile(VALUE + "contains a field not in '(\\w+)': '(\\w+)'$", Pattern.DOTALL);
  private static final Pattern NO_SUCH_CONSTANT = Pattern
      .compile(" with value '.*' is not a valid '(\\w+)' - Literal value not in allowable values .* '\\w+\\{name='(\\w+)'}'$",
          Pattern.DOTALL);
  private static final Pattern WRONG_SCALAR = Pattern
      .compile(" with value '(?:\\w+\\{value='?(.*?)'?}|.*)' is not a valid '(\\w+)' - .*$", Pattern.DOTALL);
  private static final Pattern TREE = Pattern.compile(VALUE + "(is|must|contains) ", Pattern.DOTALL);
  private static final Pattern NO_SUCH_FIELD = Pattern.compile("Field '(\\w+)' in type '(\\w+)' is undefined$");
  private static final Pattern NO_SUCH_ARGUMENT = Pattern.compile("Unknown field argument '(\\w+)'$");
  private static final int MOST_LISTED = 20;
  /** What is longer holds a large value, which nobody wants to read; and the patterns take their time for it. */
  private static final int LONGEST = 4_000;

  static ValidationText of(String told, GraphQLSchema schema) {
    Matcher prefix = PREFIX.matcher(told);
    if (!prefix.find()) {
      return new ValidationText(told, List.of());
    }
    String path = Optional.ofNullable(prefix.group(1)).orElse("");
    ValidationText text = reworded(told.substring(prefix.end()), path, schema);
    return path.isEmpty() ? text : new ValidationText(path + ": " + text.message(), text.suggestions());
  }

  private static ValidationText reworded(String told, String path, GraphQLSchema schema) {
    if (told.length() > LONGEST) {
      return new ValidationText(told.substring(0, Math.max(told.indexOf(" with value "), 0)) + " has a value that is not valid", List.of());
    }
    Matcher key = NO_SUCH_KEY.matcher(told);
    if (key.find()) {
      List<String> known = names(schema.getType(key.group(1)));
      boolean few = known.size() <= MOST_LISTED && NearestNames.to(key.group(2), known).isEmpty();
      return near(key.replaceFirst(" has no field '$2'" + (few ? ", only " + String.join(", ", known) : "")), key.group(2), known);
    }
    Matcher constant = NO_SUCH_CONSTANT.matcher(told);
    if (constant.find()) {
      List<String> known = names(schema.getType(constant.group(1)));
      String all = known.size() > MOST_LISTED ? "a '$1'" : "one of " + String.join(", ", known);
      return near(constant.replaceFirst(" is not " + all + ": '$2'"), constant.group(2), known);
    }
    Matcher field = NO_SUCH_FIELD.matcher(told);
    if (field.find()) {
      return near(told, field.group(1), names(schema.getType(field.group(2))));
    }
    Matcher argument = NO_SUCH_ARGUMENT.matcher(told);
    if (argument.find()) {
      return near(told, argument.group(1), arguments(path, schema));
    }
    if (told.startsWith("Exactly one key")) {
      return new ValidationText("An object of a list such as 'order_by' has one field; write [{a: ASC}, {b: DESC}].", List.of());
    }
    Matcher scalar = WRONG_SCALAR.matcher(told);
    if (scalar.find()) {
      String found = scalar.group(1) == null ? "" : ": '$1'";
      return new ValidationText(scalar.replaceFirst(" is not of type $2" + found), List.of());
    }
    return new ValidationText(TREE.matcher(told).replaceFirst(" $1 "), List.of());
  }

  private static ValidationText near(String message, String name, List<String> known) {
    List<String> near = NearestNames.to(name, known);
    String more = near.isEmpty() ? "" : "." + NearestNames.question(near);
    return new ValidationText(message + more, near);
  }

  private static List<String> names(@Nullable GraphQLType type) {
    return switch (type) {
      case GraphQLInputObjectType input -> input.getFieldDefinitions().stream().map(GraphQLNamedSchemaElement::getName).toList();
      case GraphQLFieldsContainer fields -> fields.getFieldDefinitions().stream().map(GraphQLFieldDefinition::getName).toList();
      case GraphQLEnumType constants -> constants.getValues().stream().map(GraphQLEnumValueDefinition::getName).toList();
      case null, default -> List.of();
    };
  }

  /** The arguments of the field at a path such as {@code sales/metric_time}; paths that fragments take are not followed. */
  private static List<String> arguments(String path, GraphQLSchema schema) {
    GraphQLType at = schema.getQueryType();
    List<String> arguments = List.of();
    for (String name : path.split("/", -1)) {
      GraphQLFieldDefinition field = at instanceof GraphQLFieldsContainer fields ? fields.getFieldDefinition(name) : null;
      if (field == null) {
        return List.of();
      }
      arguments = field.getArguments().stream().map(GraphQLArgument::getName).toList();
      at = GraphQLTypeUtil.unwrapAll(field.getType());
    }
    return arguments;
  }
}
