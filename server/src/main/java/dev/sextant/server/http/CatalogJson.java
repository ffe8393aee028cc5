// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sextant.model.Documentation;
import dev.sextant.model.SavedQuery;
import dev.sextant.model.View;
import dev.sextant.query.Catalog.ItemEntry;
import dev.sextant.query.Catalog.LineageEntry;
import dev.sextant.query.Catalog.MetricEntry;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Writes the entries of the catalog as JSON; what a definition does not say is left out. */
final class CatalogJson {

  private CatalogJson() {}

  /** Writes one entry. */
  interface Entry<T> {
    void write(T entry, JsonGenerator out) throws IOException;
  }

  /** Writes {@code {"<name>": [entry, ..]}}. */
  static <T> void list(JsonGenerator out, String name, List<T> entries, Entry<T> entry) throws IOException {
    out.writeStartObject();
    out.writeArrayFieldStart(name);
    for (T each : entries) {
      out.writeStartObject();
      entry.write(each, out);
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  static void metric(MetricEntry metric, JsonGenerator out) throws IOException {
    out.writeStringField("name", metric.name());
    out.writeStringField("kind", metric.kind());
    texts("datasets", metric.datasets(), out);
    optional("default_grain", metric.defaultGrain(), out);
    documentation(metric.documentation(), out);
  }

  static void item(ItemEntry item, JsonGenerator out) throws IOException {
    out.writeStringField("name", item.name());
    out.writeStringField("kind", item.kind().name().toLowerCase(Locale.ROOT));
    out.writeStringField("dataset", item.dataset());
    if (!item.grains().isEmpty()) {
      texts("grains", item.grains(), out);
    }
    documentation(item.documentation(), out);
  }

  static void view(View view, JsonGenerator out) throws IOException {
    out.writeStringField("name", view.name());
    columns("metrics", view.metrics(), out);
    columns("dimensions", view.dimensions(), out);
    if (view.allDimensions()) {
      out.writeBooleanField("all_dimensions", true);
    }
    documentation(view.documentation(), out);
  }

  private static void columns(String name, List<View.Column> columns, JsonGenerator out) throws IOException {
    out.writeArrayFieldStart(name);
    for (View.Column column : columns) {
      out.writeStartObject();
      out.writeStringField("name", column.name());
      out.writeStringField("of", column.of());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  static void savedQuery(SavedQuery query, JsonGenerator out) throws IOException {
    out.writeStringField("name", query.name());
    texts("metrics", query.metrics(), out);
    texts("group_by", query.groupBy(), out);
    texts("order_by", query.orderBy(), out);
    if (query.limit().isPresent()) {
      out.writeNumberField("limit", query.limit().getAsLong());
    }
    documentation(query.documentation(), out);
  }

  static void lineage(LineageEntry lineage, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("metric", lineage.metric());
    optional("measure", lineage.measure(), out);
    optional("dataset", lineage.dataset(), out);
    optional("source", lineage.source(), out);
    optional("expr", lineage.expr(), out);
    texts("columns", lineage.columns(), out);
    out.writeArrayFieldStart("inputs");
    for (LineageEntry input : lineage.inputs()) {
      lineage(input, out);
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void documentation(Documentation documentation, JsonGenerator out) throws IOException {
    if (!documentation.description().isEmpty()) {
      out.writeStringField("description", documentation.description());
    }
    optional("label", documentation.label(), out);
    optional("owner", documentation.owner(), out);
    optional("unit", documentation.unit(), out);
    optional("format", documentation.format(), out);
    if (!documentation.tags().isEmpty()) {
      texts("tags", documentation.tags(), out);
    }
    if (!documentation.synonyms().isEmpty()) {
      texts("synonyms", documentation.synonyms(), out);
    }
    if (!documentation.meta().isEmpty()) {
      out.writeObjectFieldStart("meta");
      for (Map.Entry<String, String> entry : documentation.meta().entrySet()) {
        out.writeStringField(entry.getKey(), entry.getValue());
      }
      out.writeEndObject();
    }
  }

  private static void optional(String name, Optional<String> value, JsonGenerator out) throws IOException {
    if (value.isPresent()) {
      out.writeStringField(name, value.get());
    }
  }

  private static void texts(String name, List<String> values, JsonGenerator out) throws IOException {
    out.writeArrayFieldStart(name);
    for (String value : values) {
      out.writeString(value);
    }
    out.writeEndArray();
  }
}
