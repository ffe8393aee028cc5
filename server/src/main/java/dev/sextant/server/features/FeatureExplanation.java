// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.features;

import dev.sextant.activation.FeatureVersion;
import dev.sextant.activation.Run;
import dev.sextant.activation.serving.FeatureServing;
import dev.sextant.activation.serving.FeatureServing.Wanted;
import dev.sextant.activation.serving.Features;
import dev.sextant.activation.serving.ServedFeature;
import dev.sextant.activation.serving.ServedRows;
import dev.sextant.activation.serving.StoredRow;
import dev.sextant.model.SemanticModel;
import dev.sextant.server.answer.ByteText;
import dev.sextant.server.answer.StoredJson;
import dev.sextant.server.ask.FeatureRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Tells what is stored of keys, in every version: since when, as of when, from which run or push, and why a value is withheld. */
public record FeatureExplanation(Features features, Function<String, Optional<Run>> runs) {

  /** The explanation of what a request would be answered, as JSON; {@code seen} is the model as the caller sees it. */
  public byte[] answer(FeatureRequest request, SemanticModel seen) {
    ByteText out = new ByteText();
    StoredJson json = new StoredJson(out);
    String view = request.view().orElseGet(() -> request.views().getFirst());
    Features.StoredVersions stored = features.versions(seen, view);
    out.ascii("{\"view\":");
    json.text(view);
    out.ascii(",\"versions\":[");
    boolean first = true;
    for (FeatureVersion version : stored.all()) {
      if (!first) {
        out.put(',');
      }
      first = false;
      version(version, stored.serving().filter(version.id()::equals).isPresent(), json);
      if (version.watermark().isPresent()) {
        ServedRows rows = features.serving()
            .rows(seen, List.of(new Wanted(view, request.features(), Optional.of(version.id()))), request.keys(),
                new FeatureServing.How(true, request.maxAge()))
            .getFirst();
        rows(rows, json);
      }
      out.put('}');
    }
    out.ascii("]}");
    out.put('\n');
    return out.bytes();
  }

  private static void version(FeatureVersion version, boolean served, StoredJson json) {
    ByteText out = json.out();
    out.ascii("{\"id\":");
    json.text(version.id());
    out.ascii(",\"served\":");
    json.flag(served);
    out.ascii(",\"begun\":");
    json.text(version.begun().toString());
    out.ascii(",\"watermark\":");
    version.watermark().ifPresentOrElse(watermark -> json.text(watermark.toString()), json::nothing);
  }

  private void rows(ServedRows rows, StoredJson json) {
    ByteText out = json.out();
    out.ascii(",\"rows\":[");
    for (int i = 0; i < rows.count(); i++) {
      if (i > 0) {
        out.put(',');
      }
      out.ascii("{\"found\":");
      json.flag(rows.go(i));
      Optional<StoredRow> stored = rows.stored();
      if (stored.isPresent()) {
        row(rows, stored.get(), json);
      }
      out.put('}');
    }
    out.put(']');
  }

  private void row(ServedRows rows, StoredRow stored, StoredJson json) {
    ByteText out = json.out();
    out.ascii(",\"written_as_of\":");
    json.instant(stored.asOfMicros());
    out.ascii(",\"as_of\":");
    json.instant(rows.asOfMicros());
    out.ascii(",\"created\":");
    json.text(stored.created().toString());
    out.ascii(",\"event_time\":");
    json.instant(rows.eventMicros());
    out.ascii(",\"bytes\":");
    out.integer(stored.bytes());
    out.ascii(",\"origin\":");
    json.text(stored.run().isPresent() ? "run" : "push");
    stored.run().ifPresent(run -> run(run, json));
    out.ascii(",\"values\":{");
    for (int feature = 0; feature < rows.view().features().size(); feature++) {
      if (feature > 0) {
        out.put(',');
      }
      ServedFeature served = rows.view().features().get(feature);
      json.text(served.name());
      out.ascii(":{\"type\":");
      json.text(served.type().toString());
      out.ascii(",\"status\":");
      json.text(rows.status(feature).name());
      out.ascii(",\"value\":");
      rows.value(feature, json);
      out.put('}');
    }
    out.put('}');
  }

  private void run(String id, StoredJson json) {
    ByteText out = json.out();
    out.ascii(",\"run\":{\"id\":");
    json.text(id);
    Optional<Run> run = runs.apply(id);
    run.ifPresent(found -> {
      out.ascii(",\"state\":");
      json.text(found.state().label());
      found.startedAt().ifPresent(started -> {
        out.ascii(",\"started\":");
        json.text(started.toString());
      });
    });
    out.put('}');
  }
}
