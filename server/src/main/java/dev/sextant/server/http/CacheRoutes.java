// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.http;

import dev.sextant.cache.CacheCounts;
import dev.sextant.cache.engine.ResultCache;
import dev.sextant.model.Dataset;
import dev.sextant.server.Backend;
import dev.sextant.server.ask.JsonToDatasets;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** {@code GET /v1/cache} and {@code POST /v1/cache/invalidate}: what a load job calls when it has changed data. */
record CacheRoutes(Backend backend) {
  private static final int MOST_BYTES = 1 << 20;

  List<Route> routes() {
    return List.of(Route.get("/v1/cache", this::counts),
        Route.post("/v1/cache/invalidate", this::invalidate).forAdministrators(backend, "say that data has changed"));
  }

  private void counts(Context context) throws IOException {
    Parameters.of(context);
    CacheCounts counts = backend.cache().map(ResultCache::counts).orElse(CacheCounts.NONE);
    Replies.json(context, 200, out -> {
      out.writeStartObject();
      for (Map.Entry<String, Long> count : counts.byName().entrySet()) {
        out.writeNumberField(count.getKey(), count.getValue());
      }
      out.writeEndObject();
    });
  }

  private void invalidate(Context context) throws IOException {
    Parameters.of(context);
    List<String> known = backend.model().model().datasets().stream().map(Dataset::name).toList();
    List<String> datasets = JsonToDatasets.read(Bodies.text(context, MOST_BYTES), known);
    backend.cache().ifPresent(cache -> {
      if (datasets.isEmpty()) {
        cache.everythingChanged();
      } else {
        cache.changed(datasets);
      }
    });
    Replies.json(context, 200, out -> {
      out.writeStartObject();
      out.writeStringField("status", "invalidated");
      out.writeEndObject();
    });
  }
}
