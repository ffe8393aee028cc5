// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.dbt;

import dev.sextant.query.Caller;
import dev.sextant.server.Backend;
import dev.sextant.server.HttpMount;
import dev.sextant.server.ServerConfig;
import dev.sextant.server.graphqlhttp.GraphqlExchange;
import dev.sextant.server.graphqlhttp.GraphqlLimits;
import dev.sextant.server.ops.Operations;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** dbt's Semantic Layer over GraphQL at {@code /api/graphql}, where dbt's clients look for it. */
public final class DbtMount implements HttpMount {
  private static final int MOST_KEPT = 64;

  private final Map<Caller, DbtSchema> schemas = new LinkedHashMap<>(16, 0.75f, true) {
    @Override
    protected boolean removeEldestEntry(Map.Entry<Caller, DbtSchema> eldest) {
      return size() > MOST_KEPT;
    }
  };
  private final GraphqlExchange exchange;

  public DbtMount(Backend backend, Operations operations, Supplier<ServerConfig> config, InstantSource clock) {
    DbtQueries queries = new DbtQueries(backend, operations, config, clock);
    this.exchange = new GraphqlExchange(GraphqlLimits.DEFAULT, ask -> schema(backend, ask.caller(), queries),
        (input, ask) -> input.graphQLContext(Map.of(Caller.class, ask.caller())));
  }

  private synchronized DbtSchema schema(Backend backend, Caller caller, DbtQueries queries) {
    return schemas.computeIfAbsent(caller, any -> DbtSchema.of(new SeenBackend(backend, caller), queries));
  }

  @Override
  public String path() {
    return "/api/graphql";
  }

  @Override
  public Reply answer(Ask ask) throws IOException {
    return exchange.answer(ask, Optional.empty());
  }
}
