// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sextant.cache.CacheCounts;
import dev.sextant.cache.engine.ResultCache;
import dev.sextant.server.Backend;
import dev.sextant.server.ask.ChangeNotice;
import dev.sextant.server.ask.ChangedDatasets;
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

  /** The URL goes before the body, so that who cannot choose what its calls say can be told where to call. */
  private void invalidate(Context context) throws IOException {
    Parameters parameters = Parameters.of(context, ChangeNotice.KEYS.toArray(String[]::new));
    ChangeNotice named = ChangeNotice.of(parameters::list);
    ChangeNotice notice = named.namesNothing() ? ChangeNotice.read(Bodies.text(context, MOST_BYTES)) : named;
    ChangedDatasets changed = ChangedDatasets.of(notice, backend.model().model());
    backend.cache().ifPresent(cache -> {
      if (notice.namesNothing()) {
        cache.everythingChanged();
      } else {
        cache.changed(changed.names());
      }
    });
    Replies.json(context, 200, out -> {
      out.writeStartObject();
      out.writeStringField("status", "invalidated");
      if (!notice.namesNothing()) {
        names("datasets", changed.names(), out);
        names("unread", changed.unread(), out);
      }
      out.writeEndObject();
    });
  }

  private static void names(String field, List<String> names, JsonGenerator out) throws IOException {
    out.writeArrayFieldStart(field);
    for (String name : names) {
      out.writeString(name);
    }
    out.writeEndArray();
  }
}
