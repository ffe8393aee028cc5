// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.http;

import dev.sextant.query.Catalog;
import dev.sextant.query.Catalog.ItemEntry;
import dev.sextant.query.Catalog.ItemKind;
import dev.sextant.server.Backend;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;

/** What can be asked: metrics, dimensions, entities, views, saved queries, lineage. */
record CatalogRoutes(Backend backend) {

  List<Route> routes() {
    return List.of(Route.get("/v1/metrics", this::metrics),
        Route.get("/v1/dimensions", context -> items(context, "dimensions", item -> item.kind() != ItemKind.ENTITY)),
        Route.get("/v1/entities", context -> items(context, "entities", item -> item.kind() == ItemKind.ENTITY)),
        Route.get("/v1/views", this::views), Route.get("/v1/saved_queries", this::savedQueries), Route.get("/v1/lineage", this::lineage));
  }

  private Catalog seen(Context context) {
    return backend.catalog().seenBy(Callers.of(context));
  }

  private void metrics(Context context) throws IOException {
    Parameters.of(context);
    Replies.json(context, 200, out -> CatalogJson.list(out, "metrics", seen(context).metrics(), CatalogJson::metric));
  }

  private void items(Context context, String name, Predicate<ItemEntry> wanted) throws IOException {
    List<String> metrics = Parameters.of(context, "metrics").list("metrics");
    List<ItemEntry> items = seen(context).items(metrics).stream().filter(wanted).toList();
    Replies.json(context, 200, out -> CatalogJson.list(out, name, items, CatalogJson::item));
  }

  private void views(Context context) throws IOException {
    Parameters.of(context);
    var views = seen(context).views();
    Replies.json(context, 200, out -> CatalogJson.list(out, "views", views, CatalogJson::view));
  }

  private void savedQueries(Context context) throws IOException {
    Parameters.of(context);
    var queries = seen(context).savedQueries();
    Replies.json(context, 200, out -> CatalogJson.list(out, "saved_queries", queries, CatalogJson::savedQuery));
  }

  private void lineage(Context context) throws IOException {
    var lineage = seen(context).lineage(Parameters.of(context, "metric").required("metric"));
    Replies.json(context, 200, out -> CatalogJson.lineage(lineage, out));
  }
}
