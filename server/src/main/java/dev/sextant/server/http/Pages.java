// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;

/** The page at the root and the OpenAPI document. */
final class Pages {

  List<Route> routes() {
    return List.of(Route.get("/", context -> send(context, "text/html; charset=utf-8", "index.html")),
        Route.get("/v1/openapi.json", context -> send(context, "application/json", "openapi.json")));
  }

  private static void send(Context context, String contentType, String resource) throws IOException {
    try (InputStream in = Objects.requireNonNull(Pages.class.getResourceAsStream(resource))) {
      Replies.send(context, 200, contentType, in.readAllBytes());
    }
  }
}
