// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.features;

import dev.sextant.activation.serving.FeaturePush;
import dev.sextant.activation.serving.FeatureServing;
import dev.sextant.activation.serving.FeatureServing.Wanted;
import dev.sextant.activation.serving.Features;
import dev.sextant.activation.serving.ServedRows;
import dev.sextant.model.SemanticModel;
import dev.sextant.query.engine.SeenModel;
import dev.sextant.server.Backend;
import dev.sextant.server.HttpMount;
import dev.sextant.server.HttpMount.Ask;
import dev.sextant.server.HttpMount.Content;
import dev.sextant.server.answer.ByteText;
import dev.sextant.server.ask.FeastRequest;
import dev.sextant.server.ask.FeatureRequest;
import dev.sextant.server.ask.PushRequest;
import dev.sextant.server.auth.Administrators;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The paths under which features are served. */
public final class FeatureApi {
  private final Backend backend;
  private final AnswerBuffers buffers = new AnswerBuffers();
  private final ViewHeads heads = new ViewHeads();

  private FeatureApi(Backend backend) {
    this.backend = backend;
  }

  public static List<HttpMount> mounts(Backend backend) {
    FeatureApi api = new FeatureApi(backend);
    return List.of(new FeatureMount("/v1/features", List.of("GET", "POST"), api::features),
        new FeatureMount("/v1/features/push", List.of("POST"), api::push),
        new FeatureMount("/v1/features/explain", List.of("POST"), api::explanation),
        new FeatureMount("/get-online-features", List.of("POST"), api::feast));
  }

  private SemanticModel seen(Ask ask) {
    return SeenModel.of(backend.model().model(), ask.caller());
  }

  private Content features(Ask ask) throws IOException {
    if (ask.method().equals("GET") || ask.method().equals("HEAD")) {
      return Content.of(new FeatureList(backend.features(), seen(ask)).json());
    }
    FeatureRequest request = FeatureRequest.read(ask.body().text());
    List<ServedRows> answers = rows(backend.features(), seen(ask), request);
    ByteText out = buffers.take();
    FeatureJson json = new FeatureJson(out, heads);
    if (request.view().isPresent()) {
      json.rows(answers.getFirst(), request.keys());
    } else {
      out.ascii("{\"results\":[");
      for (int i = 0; i < answers.size(); i++) {
        if (i > 0) {
          out.put(',');
        }
        json.rows(answers.get(i), request.keys());
      }
      out.ascii("]}");
    }
    return ended(out);
  }

  /** The rows a request asks for, of each view in the order it names them. */
  public static List<ServedRows> rows(Features stored, SemanticModel seen, FeatureRequest request) {
    List<Wanted> wanted = request.view()
        .map(view -> List.of(new Wanted(view, request.features(), request.version())))
        .or(() -> request.service().map(service -> FeatureServices.named(service, seen)))
        .orElseGet(() -> FeatureServices.grouped(request.views()));
    return stored.serving().rows(seen, wanted, request.keys(), new FeatureServing.How(request.expired(), request.maxAge()));
  }

  private Content explanation(Ask ask) throws IOException {
    return Content.of(new FeatureExplanation(backend.features(), id -> backend.activations().runs().find(id))
        .answer(FeatureRequest.read(ask.body().text()), seen(ask)));
  }

  private Content push(Ask ask) throws IOException {
    Administrators.check(ask.caller(), backend, "push rows of features");
    PushRequest request = PushRequest.read(ask.body().text());
    FeaturePush.Outcome outcome = backend.features()
        .push()
        .push(seen(ask), request.view(),
            request.rows().stream().map(row -> new FeaturePush.Row(row.eventTime(), row.key(), row.features())).toList());
    ByteText out = buffers.take();
    out.ascii("{\"rows\":");
    out.integer(outcome.rows());
    out.ascii(",\"stored\":");
    out.integer(outcome.stored());
    out.put('}');
    return ended(out);
  }

  private Content feast(Ask ask) throws IOException {
    FeastRequest request = FeastRequest.read(ask.body().text());
    SemanticModel seen = seen(ask);
    List<Wanted> wanted = request.service()
        .map(service -> FeatureServices.named(service, seen))
        .orElseGet(() -> FeatureServices.grouped(request.features()));
    List<ServedRows> answers = backend.features()
        .serving()
        .rows(seen, wanted, request.keys(), new FeatureServing.How(request.expired(), Optional.empty()));
    ByteText out = buffers.take();
    new FeastJson(request, answers, out).write();
    return ended(out);
  }

  private Content ended(ByteText out) {
    out.put('\n');
    return buffers.content(out);
  }
}
