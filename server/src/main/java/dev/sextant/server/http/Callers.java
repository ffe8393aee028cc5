// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.http;

import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.query.Caller;
import dev.sextant.server.Backend;
import dev.sextant.server.auth.Credentials;
import dev.sextant.server.error.ServerIssue;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Who asks over HTTP: the bearer of a token, or anybody where the project has no tokens. */
final class Callers {
  private static final String ATTRIBUTE = "sextant.caller";
  private static final String BEARER = "bearer ";
  /** What load balancers, scrapers and readers of the interface need before they are anybody. */
  private static final List<String> OPEN = List.of("/v1/health", "/v1/openapi.json", "/metrics");
  /** Where browsers get pages that tell nothing of the project, but have a field for the token. */
  private static final List<String> PAGES = List.of("/", "/graphql");

  private final Backend backend;
  private final InstantSource clock;
  private volatile Optional<Known> known = Optional.empty();

  private record Known(Map<String, String> settings, Credentials credentials) {}

  Callers(Backend backend, InstantSource clock) {
    this.backend = backend;
    this.clock = clock;
  }

  /** Finds out who asks, before anything is answered; refuses who must show a token and does not. */
  void identify(Context context, String route) {
    Optional<String> header = Optional.ofNullable(context.header("Authorization"));
    if (OPEN.contains(route) || isPage(context, route)) {
      header.filter(shown -> backend.ready()).flatMap(this::known).ifPresent(caller -> context.attribute(ATTRIBUTE, caller));
      return;
    }
    try {
      context.attribute(ATTRIBUTE, caller(header));
    } catch (SextantException refused) {
      context.res().setHeader("WWW-Authenticate", header.isEmpty() ? "Bearer" : "Bearer error=\"invalid_token\"");
      throw refused;
    }
  }

  private static boolean isPage(Context context, String route) {
    String accept = Objects.requireNonNullElse(context.header("Accept"), "");
    return PAGES.contains(route) && context.req().getMethod().equals("GET") && context.queryString() == null
        && accept.contains("text/html");
  }

  /** Who shows a token where nobody must. */
  private Optional<Caller> known(String header) {
    try {
      return Optional.of(caller(Optional.of(header)));
    } catch (SextantException stranger) {
      return Optional.empty();
    }
  }

  /** Who asks. */
  static Caller of(Context context) {
    return Objects.requireNonNullElse(context.<Caller>attribute(ATTRIBUTE), Caller.ANONYMOUS);
  }

  private Caller caller(Optional<String> header) {
    Credentials credentials = credentials(backend.model().model().project().settings());
    if (!credentials.required()) {
      return Caller.ANONYMOUS;
    }
    return credentials.bearer(token(header.orElseThrow(() -> new SextantException(
        Issue.of(ServerIssue.UNAUTHENTICATED, Position.NOWHERE, "Show a token: Authorization: Bearer TOKEN.")))));
  }

  private Credentials credentials(Map<String, String> settings) {
    Known last = known.filter(read -> read.settings().equals(settings))
        .orElseGet(() -> new Known(settings, Credentials.of(settings, clock)));
    known = Optional.of(last);
    return last.credentials();
  }

  /** Some clients, such as Cube's, show the token without saying that it is one. */
  private static String token(String header) {
    return header.toLowerCase(Locale.ROOT).startsWith(BEARER) ? header.substring(BEARER.length()).strip() : header.strip();
  }
}
