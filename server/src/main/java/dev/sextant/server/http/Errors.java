// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.http;

import dev.sextant.model.ErrorKind;
import dev.sextant.model.Issue;
import dev.sextant.model.NearestNames;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.server.error.ErrorTable;
import dev.sextant.server.error.IssueJson;
import dev.sextant.server.error.ServerIssue;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;

/** Sends what went wrong, if nothing else was sent yet; never a stack trace. */
final class Errors {

  private Errors() {}

  static void send(Context context, List<Issue> issues) throws IOException {
    Issue first = issues.getFirst();
    context.res().resetBuffer();
    context.res().setHeader("Content-Encoding", null);
    if (first.code().kind() == ErrorKind.BUSY) {
      context.res().setHeader("Retry-After", "1");
    }
    Replies.send(context, ErrorTable.row(first.code()).http(), "application/json", IssueJson.body(issues));
  }

  /** Tells which routes there are near the one that was asked for, or which methods it has. */
  static SextantException noSuchRoute(Context context, List<Route> routes) {
    String path = context.path();
    List<String> methods = methods(path, routes);
    if (!methods.isEmpty()) {
      context.res().setHeader("Allow", String.join(", ", methods));
      return new SextantException(new Issue(ServerIssue.METHOD_NOT_ALLOWED,
          path + " does not take " + context.req().getMethod() + ", only " + String.join(" and ", methods) + ".", Position.NOWHERE,
          methods));
    }
    List<String> near = NearestNames.to(path, routes.stream().map(Route::path).toList());
    return new SextantException(
        new Issue(ServerIssue.UNKNOWN_ROUTE,
            "There is nothing at " + path + "." + (near.isEmpty() ? " See /v1/openapi.json." : NearestNames.question(near)),
            Position.NOWHERE, near));
  }

  /** The methods that routes take at a path. */
  static List<String> methods(String path, List<Route> routes) {
    String plain = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return routes.stream()
        .filter(route -> plain.matches(route.path().replaceAll("\\{[^}]+}", "[^/]+")))
        .map(route -> route.method().name())
        .distinct()
        .toList();
  }
}
