// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What all requests have in common. */
final class Http {
  private static final int LONGEST_TEXT = 1 << 20;

  private Http() {}

  /** A connection to the server that has not been sent on yet. */
  static HttpURLConnection open(Settings settings, String resource, String method) throws IOException {
    HttpURLConnection http = (HttpURLConnection) settings.url(resource).openConnection();
    http.setRequestMethod(method);
    http.setUseCaches(false);
    http.setInstanceFollowRedirects(false);
    http.setConnectTimeout(settings.seconds(Setting.CONNECT_TIMEOUT) * 1000);
    http.setRequestProperty("User-Agent", "sextant-jdbc");
    settings.token().ifPresent(token -> http.setRequestProperty("Authorization", "Bearer " + token));
    return http;
  }

  /** Reads a body to its end, so that its connection can be used again. */
  static String text(@Nullable InputStream in) throws IOException {
    if (in == null) {
      return "";
    }
    try (InputStream body = in) {
      return new String(body.readNBytes(LONGEST_TEXT), StandardCharsets.UTF_8);
    }
  }
}
