// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.graphqlhttp;

import dev.sextant.model.Issue;
import graphql.ExecutionInput;
import graphql.GraphQLError;
import graphql.ParseAndValidate;
import graphql.ParseAndValidateResult;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.language.Document;
import graphql.schema.GraphQLSchema;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** Reads documents: syntax first, then limits, then the schema, so that what is too large is refused before it costs time. */
final class Documents {

  private Documents() {}

  static PreparsedDocumentEntry read(GraphqlRequest request, GraphQLSchema schema, GraphqlLimits limits) {
    ParseAndValidateResult parsed = ParseAndValidate.parse(ExecutionInput.newExecutionInput(request.query()).build());
    if (parsed.isFailure()) {
      return new PreparsedDocumentEntry(parsed.getErrors());
    }
    Document document = Objects.requireNonNull(parsed.getDocument());
    Optional<Issue> exceeded = DocumentLimits.exceeded(document, limits);
    if (exceeded.isPresent()) {
      return new PreparsedDocumentEntry(GraphqlErrors.of(exceeded.get()));
    }
    List<? extends GraphQLError> invalid = ParseAndValidate.validate(schema, document, Locale.ROOT);
    return invalid.isEmpty() ? new PreparsedDocumentEntry(document) : new PreparsedDocumentEntry(List.copyOf(invalid));
  }
}
