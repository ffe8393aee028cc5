// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.graphql;

import dev.sextant.server.Backend;
import dev.sextant.server.HttpMount;
import dev.sextant.server.ServerConfig;
import dev.sextant.server.graphqlhttp.GraphqlExchange;
import dev.sextant.server.graphqlhttp.GraphqlLimits;
import dev.sextant.server.ops.Operations;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** GraphQL over HTTP at {@code /graphql}, and a page to ask questions on for browsers. */
public final class GraphqlMount implements HttpMount {
  private final GraphqlExchange exchange;

  public GraphqlMount(Backend backend, Operations operations, Supplier<ServerConfig> config) {
    GraphqlLimits limits = GraphqlLimits.DEFAULT;
    LiveSchema live = new LiveSchema(backend);
    this.exchange = new GraphqlExchange(limits, ask -> live.current(ask.caller()), (input, ask) -> input.dataLoaderRegistry(
        new Questioner(backend, operations, limits, config.get().limits().queryTimeout(), ask.clientHasGone(), ask.caller()).registry()));
  }

  @Override
  public String path() {
    return "/graphql";
  }

  @Override
  public Reply answer(Ask ask) throws IOException {
    return exchange.answer(ask, Optional.of(GraphqlMount::page));
  }

  private static byte[] page() throws IOException {
    try (InputStream in = Objects.requireNonNull(GraphqlMount.class.getResourceAsStream("page.html"))) {
      return in.readAllBytes();
    }
  }
}
