// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.lineage;

import dev.sextant.activation.ActivationIssue;
import io.openlineage.client.OpenLineageClient;
import io.openlineage.client.transports.ApiKeyTokenProvider;
import io.openlineage.client.transports.ConsoleTransport;
import io.openlineage.client.transports.FileConfig;
import io.openlineage.client.transports.FileTransport;
import io.openlineage.client.transports.HttpConfig;
import io.openlineage.client.transports.HttpTransport;
import io.openlineage.client.transports.Transport;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where lineage goes, as {@code lineage:} in {@code sextant.yml} says: {@code transport} is http, file or console. */
final class LineageTransport {
  private static final int TIMEOUT_MILLIS = 10_000;

  private LineageTransport() {}

  /** Nothing where no transport is set. */
  static Optional<OpenLineageClient> client(Map<String, String> settings, Path folder) {
    return Optional.ofNullable(settings.get("lineage.transport")).map(kind -> new OpenLineageClient(transport(kind, settings, folder)));
  }

  private static Transport transport(String kind, Map<String, String> settings, Path folder) {
    return switch (kind) {
      case "http" -> http(settings);
      case "file" -> new FileTransport(new FileConfig(folder.resolve(required(settings, "path")).toString()));
      case "console" -> new ConsoleTransport();
      default -> throw ActivationIssue.DESTINATION_CONFIG.because("lineage.transport in sextant.yml is http, file or console, not '" + kind
          + "'.");
    };
  }

  private static HttpTransport http(Map<String, String> settings) {
    HttpConfig config = new HttpConfig();
    try {
      config.setUrl(URI.create(required(settings, "url")));
    } catch (IllegalArgumentException malformed) {
      throw ActivationIssue.DESTINATION_CONFIG.because("lineage.url in sextant.yml is no URL.", malformed);
    }
    config.setTimeoutInMillis(TIMEOUT_MILLIS);
    Optional.ofNullable(settings.get("lineage.endpoint")).ifPresent(config::setEndpoint);
    Optional.ofNullable(settings.get("lineage.api_key")).ifPresent(key -> {
      ApiKeyTokenProvider auth = new ApiKeyTokenProvider();
      auth.setApiKey(key);
      config.setAuth(auth);
    });
    return new HttpTransport(config);
  }

  private static String required(Map<String, String> settings, String key) {
    String value = settings.get("lineage." + key);
    if (value == null) {
      throw ActivationIssue.DESTINATION_CONFIG.because("lineage in sextant.yml needs the key '" + key + "'.");
    }
    return value;
  }
}
