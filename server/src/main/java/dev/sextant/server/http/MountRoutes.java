// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.http;

import dev.sextant.server.HttpMount;
import dev.sextant.server.ServerConfig;
import dev.sextant.server.http.connection.Connection;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The routes of a mount. */
record MountRoutes(HttpMount mount, Supplier<ServerConfig.Limits> limits) {

  List<Route> routes() {
    return mount.methods()
        .stream()
        .map(method -> method.equals("GET") ? Route.get(mount.path(), this::answer) : Route.post(mount.path(), this::answer))
        .toList();
  }

  private void answer(Context context) throws IOException {
    HttpMount.Reply reply = mount.answer(new HttpMount.Ask(context.req().getMethod(), context.queryParamMap(),
        name -> Optional.ofNullable(context.header(name)), body(context), Connection.of(context)::clientHasGone, Callers.of(context)));
    Outcomes.set(context, reply.outcome());
    Replies.send(context, reply.status(), reply.contentType(), reply.body());
  }

  private HttpMount.Body body(Context context) {
    return new HttpMount.Body() {
      @Override
      public String text() throws IOException {
        return Bodies.text(context, limits.get().bodyBytes());
      }

      @Override
      public byte[] bytes() throws IOException {
        return Bodies.bytes(context, limits.get().bodyBytes());
      }
    };
  }
}
