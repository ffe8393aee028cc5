// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.graphqlhttp;

import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.server.error.ErrorTable;
import dev.sextant.server.error.Failures;
import graphql.ErrorClassification;
import graphql.ErrorType;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.DataFetcherExceptionHandler;
import graphql.execution.DataFetcherExceptionHandlerParameters;
import graphql.execution.DataFetcherExceptionHandlerResult;
import graphql.schema.GraphQLSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what went wrong in GraphQL's form: each error has a code, a classification, suggestions and, where there is text, a position in it. */
public final class GraphqlErrors implements DataFetcherExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger("dev.sextant.graphql");

  @Override
  public CompletableFuture<DataFetcherExceptionHandlerResult> handleException(DataFetcherExceptionHandlerParameters failed) {
    Throwable failure = failed.getException();
    while (failure instanceof CompletionException && failure.getCause() != null) {
      failure = failure.getCause();
    }
    List<Issue> issues = Failures.issues(failure, "none");
    if (Failures.isBug(issues) && !(failure instanceof dev.sextant.model.SextantException)) {
      LOG.atError().setCause(failure).log("A fault of our own at {}", failed.getPath());
    }
    DataFetcherExceptionHandlerResult.Builder result = DataFetcherExceptionHandlerResult.newResult();
    issues.forEach(issue -> result.error(builder(issue).path(failed.getPath()).location(failed.getSourceLocation()).build()));
    return CompletableFuture.completedFuture(result.build());
  }

  /** An error of the whole request. */
  static GraphQLError of(Issue issue) {
    return builder(issue).build();
  }

  private static GraphqlErrorBuilder<?> builder(Issue issue) {
    Map<String, Object> extensions = new LinkedHashMap<>();
    extensions.put("code", issue.code().name());
    extensions.put("suggestions", issue.suggestions());
    if (!issue.position().equals(Position.NOWHERE)) {
      extensions.put("position", Map.of("line", issue.position().line(), "column", issue.position().column()));
    }
    return GraphqlErrorBuilder.newError()
        .message("%s", issue.message())
        .extensions(extensions)
        .errorType(ErrorClassification.errorClassification(ErrorTable.row(issue.code()).graphql()));
  }

  /** The same error with a code, and with names near the one that is not there. */
  static GraphQLError coded(GraphQLError error, GraphQLSchema schema) {
    if (error.getExtensions() != null && error.getExtensions().containsKey("code")) {
      return error;
    }
    GraphqlIssue code = error.getErrorType() == ErrorType.InvalidSyntax ? GraphqlIssue.GRAPHQL_SYNTAX : GraphqlIssue.GRAPHQL_VALIDATION;
    ValidationText text = ValidationText.of(error.getMessage(), schema);
    GraphqlErrorBuilder<
        ?> coded = builder(new Issue(code, text.message(), Position.NOWHERE, text.suggestions())).locations(error.getLocations());
    return error.getPath() == null ? coded.build() : coded.path(error.getPath()).build();
  }
}
