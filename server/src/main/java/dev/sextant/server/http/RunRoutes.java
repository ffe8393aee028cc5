// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sextant.activation.DryRun;
import dev.sextant.activation.Reject;
import dev.sextant.activation.Run;
import dev.sextant.activation.RunReport;
import dev.sextant.activation.schedule.Activations;
import dev.sextant.server.Backend;
import dev.sextant.server.ServerConfig;
import dev.sextant.server.ask.RunAsk;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code /v1/runs}: what has run, and running it now. Runs read and tell of all rows, so they are for administrators. */
record RunRoutes(Backend backend, Supplier<ServerConfig.Limits> limits) {
  private static final int NEWEST = 100;
  private static final int MOST_REJECTS = 10_000;

  List<Route> routes() {
    return List.of(Route.get("/v1/runs", this::list).forAdministrators(backend, "list runs"),
        Route.post("/v1/runs", this::run).forAdministrators(backend, "start runs"),
        Route.get("/v1/runs/{id}", this::one).forAdministrators(backend, "look into runs"),
        Route.delete("/v1/runs/{id}", this::cancel).forAdministrators(backend, "cancel runs"));
  }

  private void list(Context context) throws IOException {
    Parameters.of(context);
    List<Run> runs = backend.activations().runs().list(Optional.empty(), NEWEST);
    Replies.json(context, 200, out -> {
      out.writeStartObject();
      out.writeArrayFieldStart("runs");
      for (Run run : runs) {
        out.writeStartObject();
        write(run, out);
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeEndObject();
    });
  }

  /** 200 with the run as it ended if the caller waits, else 202 with the run as it begins. */
  private void run(Context context) throws IOException {
    Parameters.of(context);
    RunAsk ask = RunAsk.read(Bodies.text(context, limits.get().bodyBytes()));
    Activations activations = backend.activations();
    if (ask.dry()) {
      dry(context, activations.dryRun(ask.target()));
      return;
    }
    Run run = ask.waits() ? activations.run(ask.target(), ask.scope()) : activations.start(ask.target(), ask.scope());
    Replies.json(context, ask.waits() ? 200 : 202, out -> {
      out.writeStartObject();
      write(run, out);
      out.writeEndObject();
    });
  }

  private static void dry(Context context, DryRun dry) throws IOException {
    Replies.json(context, 200, out -> {
      out.writeStartObject();
      counters(dry.counters(), out);
      out.writeArrayFieldStart("samples");
      for (DryRun.Sample sample : dry.samples()) {
        out.writeStartObject();
        out.writeStringField("operation", sample.operation());
        out.writeFieldName("key");
        out.writeRawValue(sample.key());
        out.writeFieldName("fields");
        out.writeRawValue(sample.fields());
        out.writeEndObject();
      }
      out.writeEndArray();
      rejects(dry.rejects(), out);
      out.writeEndObject();
    });
  }

  private static void rejects(List<Reject> rejects, JsonGenerator out) throws IOException {
    out.writeArrayFieldStart("rejects");
    for (Reject reject : rejects) {
      out.writeStartObject();
      out.writeFieldName("key");
      out.writeRawValue(reject.key());
      out.writeStringField("operation", reject.operation());
      out.writeNumberField("status", reject.status());
      out.writeStringField("code", reject.code());
      out.writeStringField("message", reject.message());
      out.writeNumberField("attempts", reject.attempts());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private void one(Context context) throws IOException {
    Parameters.of(context);
    Activations activations = backend.activations();
    Run run = activations.find(context.pathParam("id"));
    List<Reject> rejects = activations.runs().rejects(run.id(), MOST_REJECTS);
    Replies.json(context, 200, out -> {
      out.writeStartObject();
      write(run, out);
      rejects(rejects, out);
      out.writeEndObject();
    });
  }

  private void cancel(Context context) throws IOException {
    Parameters.of(context);
    Run run = backend.activations().cancel(context.pathParam("id"));
    Replies.json(context, 200, out -> {
      out.writeStartObject();
      write(run, out);
      out.writeEndObject();
    });
  }

  private static void write(Run run, JsonGenerator out) throws IOException {
    out.writeStringField("id", run.id());
    out.writeStringField("kind", run.target().kind().label());
    out.writeStringField("name", run.target().name());
    out.writeStringField("state", run.state().label());
    out.writeStringField("trigger", run.wanted().trigger().name().toLowerCase(java.util.Locale.ROOT));
    out.writeStringField("due", run.wanted().dueAt().toString());
    out.writeStringField("reason", run.wanted().reason());
    if (run.startedAt().isPresent()) {
      out.writeStringField("started", run.startedAt().get().toString());
    }
    if (run.endedAt().isPresent()) {
      out.writeStringField("ended", run.endedAt().get().toString());
    }
    counters(run.report().counters(), out);
    if (run.report().problem().isPresent()) {
      RunReport.Problem problem = run.report().problem().get();
      out.writeObjectFieldStart("error");
      out.writeStringField("code", problem.code());
      out.writeStringField("message", problem.message());
      out.writeEndObject();
    }
  }

  private static void counters(Map<String, Long> counters, JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("counters");
    for (Map.Entry<String, Long> counter : counters.entrySet()) {
      out.writeNumberField(counter.getKey(), counter.getValue());
    }
    out.writeEndObject();
  }
}
