// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.http;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.sql.SQLException;
import java.util.Optional;

/** Asks the server about a query it knows, on a connection of its own; whatever goes wrong here is not worth an error. */
final class Inquiry {
  private static final int PATIENCE_MILLIS = 5_000;

  private final Settings settings;
  private final String queryId;

  Inquiry(Settings settings, String queryId) {
    this.settings = settings;
    this.queryId = queryId;
  }

  /** Tells the server to stop the query. */
  void cancel() {
    ask("DELETE");
  }

  /** Why the query failed, if the server knows. */
  Optional<SQLException> reason() {
    return ask("GET").flatMap(SqlErrors::read);
  }

  private Optional<String> ask(String method) {
    try {
      HttpURLConnection http = Http.open(settings, "/v1/queries/" + queryId, method);
      http.setConnectTimeout(PATIENCE_MILLIS);
      http.setReadTimeout(PATIENCE_MILLIS);
      if (http.getResponseCode() == HttpURLConnection.HTTP_OK) {
        return Optional.of(Http.text(http.getInputStream()));
      }
      Http.text(http.getErrorStream());
      return Optional.empty();
    } catch (IOException unanswered) {
      return Optional.empty();
    }
  }
}
