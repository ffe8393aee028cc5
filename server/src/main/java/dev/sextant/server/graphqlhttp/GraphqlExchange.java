// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.graphqlhttp;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.server.HttpMount.Ask;
import dev.sextant.server.HttpMount.Reply;
import dev.sextant.server.error.ErrorTable;
import dev.sextant.server.error.Failures;
import dev.sextant.server.error.ServerIssue;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.language.OperationDefinition;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers GraphQL requests over HTTP against one schema. */
public final class GraphqlExchange {
  private static final Logger LOG = LoggerFactory.getLogger("dev.sextant.graphql");
  private static final ObjectWriter JSON = JsonMapper.builder().build().writer();
  private static final int OK = 200;

  private final GraphqlLimits limits;
  private final Function<Ask, ? extends AskableSchema> live;
  private final Running running;
  private final PersistedQueries persisted;

  /** What is asked: {@code live} gives the schema of the moment for who asks, {@code running} adds what its fetchers need to a request. */
  public GraphqlExchange(GraphqlLimits limits, Function<Ask, ? extends AskableSchema> live, Running running) {
    this.limits = limits;
    this.live = live;
    this.running = running;
    this.persisted = new PersistedQueries(limits.persisted());
  }

  /** Adds to a request what its fetchers need. */
  public interface Running {
    void prepare(ExecutionInput.Builder input, Ask ask);
  }

  /** The page that browsers are shown, if there is one. */
  public interface Page {
    byte[] bytes() throws IOException;
  }

  /** Answers a request; one that asks nothing and wants HTML gets the page. */
  public Reply answer(Ask ask, Optional<Page> page) throws IOException {
    boolean asks = ask.method().equals("POST") || ask.parameters().containsKey("query") || ask.parameters().containsKey("extensions");
    boolean shows = page.isPresent() && !asks;
    Optional<MediaType> wanted = MediaType.wanted(ask.headers().header("Accept"), shows);
    if (wanted.filter(type -> type == MediaType.HTML).isPresent()) {
      return new Reply(OK, MediaType.HTML.header(), page.orElseThrow().bytes(), "ok");
    }
    MediaType type = wanted.orElse(MediaType.RESPONSE);
    try {
      if (wanted.isEmpty()) {
        throw new SextantException(new Issue(ServerIssue.NOT_ACCEPTABLE,
            "Answers come as application/graphql-response+json or application/json.", Position.NOWHERE,
            List.of("application/graphql-response+json", "application/json")));
      }
      return execute(GraphqlRequest.of(ask, persisted), ask, type);
    } catch (RuntimeException failure) {
      return failed(failure, type);
    }
  }

  private static Reply failed(RuntimeException failure, MediaType type) throws IOException {
    List<Issue> issues = Failures.issues(failure, "none");
    if (!(failure instanceof SextantException)) {
      LOG.atError().setCause(failure).log("A fault of our own");
    }
    boolean isOurs = issues.getFirst().code() instanceof GraphqlIssue;
    return reply(isOurs && type == MediaType.JSON ? OK : ErrorTable.row(issues.getFirst().code()).http(), type,
        specification(issues.stream().map(GraphqlErrors::of).toList()),
        issues.getFirst().code().name());
  }

  private Reply execute(GraphqlRequest request, Ask ask, MediaType type) throws IOException {
    AskableSchema schema = live.apply(ask);
    PreparsedDocumentEntry document = Documents.read(request, schema.schema(), limits);
    if (!document.hasErrors() && !ask.method().equals("POST") && changes(document, request)) {
      throw new SextantException(Issue.of(ServerIssue.METHOD_NOT_ALLOWED, Position.NOWHERE, "GET runs queries only; send a POST."));
    }
    if (document.hasErrors()) {
      return rejected(document.getErrors(), schema, type);
    }
    ExecutionResult result = run(schema, request, document, ask);
    return result.isDataPresent() ? reply(OK, type, coded(result, schema), outcome(result)) : rejected(result.getErrors(), schema, type);
  }

  private static boolean changes(PreparsedDocumentEntry document, GraphqlRequest request) {
    return Objects.requireNonNull(document.getDocument())
        .getDefinitionsOfType(OperationDefinition.class)
        .stream()
        .filter(operation -> request.operationName().isEmpty() || request.operationName().get().equals(operation.getName()))
        .anyMatch(operation -> operation.getOperation() != OperationDefinition.Operation.QUERY);
  }

  private ExecutionResult run(AskableSchema schema, GraphqlRequest request, PreparsedDocumentEntry document, Ask ask) {
    ExecutionInput.Builder input = ExecutionInput.newExecutionInput()
        .query(request.query())
        .operationName(request.operationName().orElse(null))
        .variables(request.variables());
    running.prepare(input, ask);
    return schema.graphql()
        .transform(builder -> builder.preparsedDocumentProvider(
            (asked, parse) -> java.util.concurrent.CompletableFuture.completedFuture(document)))
        .execute(input.build());
  }

  /** A request that was not run: plain JSON says so with 200, as its older clients expect. */
  private static Reply rejected(List<? extends GraphQLError> errors, AskableSchema schema, MediaType type) throws IOException {
    List<GraphQLError> coded = errors.stream().<GraphQLError>map(error -> GraphqlErrors.coded(error, schema.schema())).toList();
    return reply(type == MediaType.JSON ? OK : ErrorTable.row(GraphqlIssue.GRAPHQL_VALIDATION).http(), type, specification(coded),
        code(coded.getFirst()));
  }

  private static Map<String, Object> specification(List<GraphQLError> errors) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("errors", errors.stream().map(GraphQLError::toSpecification).toList());
    return body;
  }

  private static Map<String, Object> coded(ExecutionResult result, AskableSchema schema) {
    Map<String, Object> body = new LinkedHashMap<>();
    if (!result.getErrors().isEmpty()) {
      body.putAll(specification(result.getErrors().stream().map(error -> GraphqlErrors.coded(error, schema.schema())).toList()));
    }
    body.put("data", result.getData());
    return body;
  }

  private static String outcome(ExecutionResult result) {
    return result.getErrors().isEmpty() ? "ok" : code(result.getErrors().getFirst());
  }

  private static String code(GraphQLError error) {
    return String.valueOf(Optional.ofNullable(error.getExtensions()).map(all -> all.get("code")).orElse("GRAPHQL_VALIDATION"));
  }

  private static Reply reply(int status, MediaType type, Map<String, Object> body, String outcome) throws IOException {
    return new Reply(status, type.header(), JSON.writeValueAsBytes(body), outcome);
  }
}
