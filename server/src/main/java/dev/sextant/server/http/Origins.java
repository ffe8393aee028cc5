// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.http;

import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.server.Backend;
import dev.sextant.server.error.ServerIssue;
import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The web pages that may ask: those of this server, and of the origins in {@code server.cors.origins}. Browsers keep answers from the pages
 * of others; what would change something is not even begun for them.
 */
record Origins(Backend backend) {
  private static final String ORIGINS = "server.cors.origins";
  private static final String ANY = "*";
  private static final String READABLE = "Sextant-Query-Id, Sextant-Version, Retry-After, ETag, Allow, Server-Timing";
  private static final String ONE_HOUR = "3600";

  /** Lets the page that asks read the answer if it may; refuses to change anything for one that may not. */
  void check(Context context) {
    Optional<String> origin = Optional.ofNullable(context.header("Origin"));
    if (origin.isEmpty() || !backend.ready()) {
      return;
    }
    context.res().setHeader("Vary", "Origin");
    if (isAllowed(origin.get())) {
      context.res().setHeader("Access-Control-Allow-Origin", allowed().contains(ANY) ? ANY : origin.get());
      context.res().setHeader("Access-Control-Expose-Headers", READABLE);
    } else if (!context.req().getMethod().matches("GET|HEAD|OPTIONS") && !isOwn(origin.get(), context)) {
      throw new SextantException(Issue.of(ServerIssue.ORIGIN_NOT_ALLOWED, Position.NOWHERE, "Pages of '" + origin.get()
          + "' may not ask here; whoever runs the server can add it to server: {cors: {origins: [..]}} in sextant.yml."));
    }
  }

  /** Answers what a browser asks before it sends a request for a page of another origin. */
  void preflight(Context context, List<String> methods) {
    check(context);
    if (context.res().getHeader("Access-Control-Allow-Origin") == null) {
      return;
    }
    context.res().setHeader("Access-Control-Allow-Methods", String.join(", ", methods));
    Optional.ofNullable(context.header("Access-Control-Request-Headers"))
        .ifPresent(wanted -> context.res().setHeader("Access-Control-Allow-Headers", wanted));
    context.res().setHeader("Access-Control-Max-Age", ONE_HOUR);
  }

  private boolean isAllowed(String origin) {
    return allowed().stream().anyMatch(one -> one.equals(ANY) || one.equals(origin.toLowerCase(Locale.ROOT)));
  }

  private List<String> allowed() {
    String text = backend.model().model().project().settings().getOrDefault(ORIGINS, "");
    return Stream.of(text.split(",", -1))
        .map(origin -> origin.strip().toLowerCase(Locale.ROOT).replaceFirst("/$", ""))
        .filter(origin -> !origin.isEmpty())
        .toList();
  }

  /** Whether a page comes from this server; behind a proxy that changes the host, browsers say so themselves. */
  private static boolean isOwn(String origin, Context context) {
    return "same-origin".equals(context.header("Sec-Fetch-Site"))
        || origin.replaceFirst("^https?://", "").equalsIgnoreCase(Optional.ofNullable(context.header("Host")).orElse(""));
  }
}
