// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.graphqlhttp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.query.QueryIssue;
import dev.sextant.server.HttpMount;
import dev.sextant.server.error.ServerIssue;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A GraphQL request as HTTP carries it. */
record GraphqlRequest(String query, Optional<String> operationName, Map<String, @Nullable Object> variables) {
  private static final ObjectReader JSON = JsonMapper.builder()
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build()
      .readerFor(Object.class);

  /** Reads a request, or throws what is wrong with it. */
  static GraphqlRequest of(HttpMount.Ask ask, PersistedQueries persisted) throws IOException {
    return of(ask.method().equals("POST") ? posted(ask) : inParameters(ask.parameters()), persisted);
  }

  private static Map<?, ?> posted(HttpMount.Ask ask) throws IOException {
    String type = ask.headers().header("Content-Type").orElse("").split(";")[0].strip().toLowerCase(Locale.ROOT);
    if (!type.equals("application/json")) {
      throw issue(ServerIssue.UNSUPPORTED_MEDIA_TYPE, "A POST here has the content type application/json, not '" + type + "'.");
    }
    if (!(json(ask.body().text(), "The body") instanceof Map<?, ?> body)) {
      throw issue(QueryIssue.INVALID_REQUEST, "A request is a JSON object with a 'query'; several in one array are not taken, "
          + "but one query may ask many questions.");
    }
    return body;
  }

  private static Map<?, ?> inParameters(Map<String, List<String>> parameters) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    parameters.forEach((name, values) -> {
      String value = values.getFirst();
      boolean isJson = name.equals("variables") || name.equals("extensions");
      body.put(name, isJson ? value.isBlank() ? null : json(value, "Parameter '" + name + "'") : value);
    });
    return body;
  }

  private static @Nullable Object json(String text, String what) {
    try {
      return JSON.readValue(text);
    } catch (JsonProcessingException malformed) {
      throw new SextantException(Issue.of(ServerIssue.INVALID_JSON, Optional.ofNullable(malformed.getLocation())
          .map(at -> new Position("", at.getLineNr(), at.getColumnNr()))
          .orElse(Position.NOWHERE),
          what + " is not JSON: " + malformed.getOriginalMessage().lines().findFirst().orElse("")));
    }
  }

  private static GraphqlRequest of(Map<?, ?> body, PersistedQueries persisted) {
    Optional<String> hash = hash(object(body.get("extensions"), "extensions"));
    if (!(body.get("query") instanceof String) && (hash.isEmpty() || body.get("query") != null)) {
      throw issue(QueryIssue.INVALID_REQUEST, "A request needs a 'query', which is a string.");
    }
    Optional<String> own = Optional.ofNullable((String) body.get("query"));
    String query = hash.map(name -> persisted.document(own, name)).or(() -> own).orElseThrow();
    Object name = body.get("operationName");
    if (name != null && !(name instanceof String)) {
      throw issue(QueryIssue.INVALID_REQUEST, "'operationName' is a string.");
    }
    return new GraphqlRequest(query, Optional.ofNullable((String) name).filter(text -> !text.isEmpty()),
        object(body.get("variables"), "variables"));
  }

  /** The hash that names a document, as Apollo's clients send it. */
  private static Optional<String> hash(Map<String, @Nullable Object> extensions) {
    Map<String, @Nullable Object> persisted = object(extensions.get("persistedQuery"), "extensions.persistedQuery");
    if (persisted.isEmpty()) {
      return Optional.empty();
    }
    if (!(persisted.get("sha256Hash") instanceof String hash) || !"1".equals(String.valueOf(persisted.get("version")))) {
      throw issue(QueryIssue.INVALID_REQUEST, "'extensions.persistedQuery' has the version 1 and a 'sha256Hash'.");
    }
    return Optional.of(hash.toLowerCase(Locale.ROOT));
  }

  private static Map<String, @Nullable Object> object(@Nullable Object value, String what) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, member) -> members.put(String.valueOf(key), member));
    } else if (value != null) {
      throw issue(QueryIssue.INVALID_REQUEST, "'" + what + "' is an object.");
    }
    return members;
  }

  private static SextantException issue(dev.sextant.model.IssueCode code, String message) {
    return new SextantException(Issue.of(code, Position.NOWHERE, message));
  }
}
