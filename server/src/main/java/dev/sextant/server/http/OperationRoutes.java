// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sextant.server.Backend;
import dev.sextant.server.ModelState;
import dev.sextant.server.auth.Administrators;
import dev.sextant.server.error.IssueJson;
import dev.sextant.server.ops.DoorStates;
import dev.sextant.server.ops.Operations;
import dev.sextant.server.ops.RunningQuery;
import dev.sextant.server.ops.WarehouseHealth;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** {@code /v1/health}, {@code /v1/queries} and {@code /metrics}. */
record OperationRoutes(Backend backend, Operations operations, WarehouseHealth warehouses, InstantSource clock) {

  List<Route> routes() {
    return List.of(Route.get("/v1/health", this::health), Route.get("/v1/queries", this::queries),
        Route.get("/v1/queries/{id}", this::oneQuery), Route.delete("/v1/queries/{id}", this::cancel),
        Route.get("/metrics", this::metrics));
  }

  /** 200 while queries are taken, 503 before and after: what a load balancer wants to know. Reasons are told to administrators. */
  private void health(Context context) throws IOException {
    Parameters.of(context);
    boolean reasons = backend.ready() && Administrators.include(Callers.of(context), backend);
    boolean draining = operations.queries().isDraining();
    boolean serving = backend.ready() && !draining;
    Replies.json(context, serving ? 200 : 503, out -> {
      out.writeStartObject();
      out.writeStringField("status", draining ? "stopping" : serving ? "ok" : "starting");
      out.writeNumberField("queries_running", operations.queries().count());
      if (backend.ready()) {
        model(backend.model(), reasons, out);
        warehouses(reasons, out);
      }
      doors(reasons, out);
      out.writeEndObject();
    });
  }

  private static void model(ModelState state, boolean reasons, JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("model");
    out.writeStringField("project", state.model().project().name());
    out.writeStringField("version", state.version());
    out.writeStringField("since", state.since().toString());
    out.writeNumberField("metrics", state.model().metrics().size());
    out.writeNumberField("datasets", state.model().datasets().size());
    if (!state.brokenEdit().isEmpty()) {
      out.writeFieldName("broken_edit");
      IssueJson.writeAll(reasons ? state.brokenEdit() : List.of(), out);
    }
    out.writeEndObject();
  }

  private void doors(boolean reasons, JsonGenerator out) throws IOException {
    out.writeArrayFieldStart("doors");
    for (DoorStates.DoorState door : operations.doors().list()) {
      out.writeStartObject();
      out.writeStringField("name", door.name());
      out.writeStringField("status", door.status());
      if (door.port() > 0) {
        out.writeNumberField("port", door.port());
      }
      if (reasons && door.problem().isPresent()) {
        out.writeStringField("problem", door.problem().get());
      }
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private void warehouses(boolean reasons, JsonGenerator out) throws IOException {
    out.writeArrayFieldStart("warehouses");
    for (WarehouseHealth.Report report : warehouses.check(backend.model().model().project().warehouses(), backend.warehouses())) {
      out.writeStartObject();
      out.writeStringField("name", report.name());
      out.writeStringField("type", report.type());
      out.writeStringField("status", report.problem().isEmpty() ? "ok" : "failing");
      if (reasons && report.problem().isPresent()) {
        out.writeStringField("problem", report.problem().get());
      }
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private void queries(Context context) throws IOException {
    Parameters.of(context);
    Instant now = clock.instant();
    Replies.json(context, 200, out -> {
      out.writeStartObject();
      out.writeArrayFieldStart("queries");
      for (RunningQuery query : operations.queries().list(Callers.of(context))) {
        out.writeStartObject();
        query(query, now, out);
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeEndObject();
    });
  }

  /** A query that runs or ran not long ago; who lost its answer on the way finds the reason here. */
  private void oneQuery(Context context) throws IOException {
    Parameters.of(context);
    RunningQuery query = operations.queries().find(context.pathParam("id"), Callers.of(context));
    String status = !query.failure().isEmpty() ? "failed" : operations.queries().isRunning(query) ? "running" : "finished";
    Replies.json(context, 200, out -> {
      out.writeStartObject();
      out.writeStringField("status", status);
      query(query, clock.instant(), out);
      if (!query.failure().isEmpty()) {
        out.writeFieldName("error");
        IssueJson.write(query.failure().getFirst(), out);
      }
      out.writeEndObject();
    });
  }

  private static void query(RunningQuery query, Instant now, JsonGenerator out) throws IOException {
    out.writeStringField("query_id", query.id());
    out.writeStringField("door", query.asked().door());
    out.writeStringField("caller", query.asked().caller().name());
    out.writeStringField("question", query.asked().question());
    out.writeStringField("started", query.started().toString());
    out.writeNumberField("age_ms", Duration.between(query.started(), now).toMillis());
    out.writeNumberField("rows", query.rows());
  }

  private void cancel(Context context) throws IOException {
    Parameters.of(context);
    RunningQuery query = operations.queries().cancel(context.pathParam("id"), Callers.of(context));
    Replies.json(context, 200, out -> {
      out.writeStartObject();
      out.writeStringField("query_id", query.id());
      out.writeStringField("status", "cancelled");
      out.writeEndObject();
    });
  }

  private void metrics(Context context) throws IOException {
    if (backend.ready()) {
      backend.cache().ifPresent(operations.meters()::watchCache);
    }
    byte[] body = operations.meters().scrape().getBytes(StandardCharsets.UTF_8);
    Replies.send(context, 200, "text/plain; version=0.0.4; charset=utf-8", body);
  }
}
