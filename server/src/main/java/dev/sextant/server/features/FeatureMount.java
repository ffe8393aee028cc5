// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.features;

import dev.sextant.server.HttpMount;
import java.io.IOException;
import java.util.List;

/** One path of the features' interface, which answers JSON. */
record FeatureMount(String path, List<String> methods, Handler handler) implements HttpMount {

  /** Answers a request with a JSON document. */
  interface Handler {
    Content answer(Ask ask) throws IOException;
  }

  @Override
  public Reply answer(Ask ask) throws IOException {
    return new Reply(200, "application/json", handler.answer(ask), "ok");
  }
}
