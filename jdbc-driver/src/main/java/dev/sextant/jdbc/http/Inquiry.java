// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.http;

import dev.sextant.jdbc.json.JsonReader;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.sql.SQLException;
import java.util.Optional;

/** Asks the server about a query it knows, on a connection of its own; whatever goes wrong here is not worth an error. */
final class Inquiry {
  private static final int PATIENCE_MILLIS = 5_000;
  private static final int TRIES = 5;
  private static final int PAUSE_MILLIS = 50;

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
    for (int i = 0; i < TRIES; i++) {
      Optional<String> answer = ask("GET");
      Optional<SQLException> reason = answer.flatMap(SqlErrors::read);
      if (reason.isPresent() || !answer.map(Inquiry::isRunning).orElse(false)) {
        return reason;
      }
      pause(); // the connection may break before the server has noted why
    }
    return Optional.empty();
  }

  private static boolean isRunning(String answer) {
    return JsonReader.member(JsonReader.read(answer).orElse(""), "status", String.class).filter("running"::equals).isPresent();
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
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
