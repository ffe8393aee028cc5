// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.features;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.sextant.activation.serving.ServedFeature;
import dev.sextant.activation.serving.ServedView;
import dev.sextant.server.answer.ByteText;
import dev.sextant.server.answer.StoredJson;

/** What every answer about a view begins with: its name and version and those of its features. It is spelled once for as long as the view is known. */
final class ViewHeads {
  private final LoadingCache<ServedView, byte[]> known = Caffeine.newBuilder().weakKeys().build(ViewHeads::spelled);

  /** The head up to the first row. */
  byte[] of(ServedView view) {
    return known.get(view);
  }

  private static byte[] spelled(ServedView view) {
    ByteText out = new ByteText();
    StoredJson json = new StoredJson(out);
    out.ascii("{\"view\":");
    json.text(view.version().view());
    out.ascii(",\"version\":");
    json.text(view.version().id());
    out.ascii(",\"features\":[");
    for (int i = 0; i < view.features().size(); i++) {
      ServedFeature feature = view.features().get(i);
      if (i > 0) {
        out.put(',');
      }
      json.text(feature.name());
    }
    out.ascii("],\"rows\":[");
    return out.bytes();
  }
}
