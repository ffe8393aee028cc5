// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.ask;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.query.MetricQuery;
import java.util.List;
import java.util.Locale;

/** Writes metric queries as {@link JsonToQueryRequest} reads them. */
public final class MetricQueryToJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private MetricQueryToJson() {}

  public static ObjectNode write(MetricQuery query) {
    ObjectNode body = JSON.objectNode();
    items(body, "metrics", query.metrics());
    items(body, "group_by", query.groupBy());
    texts(body, "where", query.where());
    texts(body, "having", query.having());
    texts(body, "order_by", query.orderBy());
    query.limit().ifPresent(limit -> body.put("limit", limit));
    query.offset().ifPresent(offset -> body.put("offset", offset));
    query.timeRange().ifPresent(range -> body.putObject("time_range").put("start", range.start()).put("end", range.end()));
    query.timeZone().ifPresent(zone -> body.put("time_zone", zone));
    query.savedQuery().ifPresent(name -> body.put("saved_query", name));
    extras(body, query);
    return body;
  }

  private static void extras(ObjectNode body, MetricQuery query) {
    switch (query.mode()) {
      case DISTINCT -> {}
      case ALL_ROWS -> body.put("distinct", false);
      case MIN_MAX -> body.put("min_max_only", true);
    }
    if (query.extras().fill()) {
      body.put("fill", true);
    }
    query.extras().compare().ifPresent(offset -> body.putObject("compare").put("offset", offset));
    texts(body, "totals", query.extras().totals());
    texts(body, "share", query.extras().share());
    query.extras().running().ifPresent(time -> body.put("running", time));
    query.extras().top().ifPresent(top -> {
      ObjectNode inner = body.putObject("top").put("item", top.item()).put("n", top.n()).put("others", top.others());
      top.by().ifPresent(by -> inner.put("by", by));
    });
    if (query.options().cache() != MetricQuery.CacheUse.USE) {
      body.put("cache", query.options().cache().name().toLowerCase(Locale.ROOT));
    }
    query.options().maxAge().ifPresent(age -> body.put("max_age", age));
    body.put("rollups", query.options().rollups().name().toLowerCase(Locale.ROOT));
  }

  private static void items(ObjectNode body, String key, List<MetricQuery.Item> items) {
    ArrayNode list = body.putArray(key);
    for (MetricQuery.Item item : items) {
      item.alias().ifPresentOrElse(alias -> list.addObject().put("name", item.name()).put("alias", alias), () -> list.add(item.name()));
    }
  }

  private static void texts(ObjectNode body, String key, List<String> texts) {
    if (!texts.isEmpty()) {
      ArrayNode list = body.putArray(key);
      texts.forEach(list::add);
    }
  }
}
