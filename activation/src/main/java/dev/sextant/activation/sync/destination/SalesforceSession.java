// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync.destination;

import dev.sextant.activation.DeliveryFailure;
import dev.sextant.activation.DeliveryFailure.Advice;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Calls with an access token, which is renewed once by the client-credentials flow when Salesforce says that it has expired. */
final class SalesforceSession implements AutoCloseable {
  private final HttpCalls calls;
  private final URI instance;
  private final String base;
  private final Optional<String> clientId;
  private final Optional<String> clientSecret;
  private Optional<String> token;

  SalesforceSession(Options options, InstantSource clock) {
    this.instance = options.url("url", Optional.empty());
    this.base = "/services/data/v" + options.text("version").orElse("62.0");
    this.token = options.text("token");
    this.clientId = options.text("client_id");
    this.clientSecret = options.text("client_secret");
    if (token.isEmpty() && (clientId.isEmpty() || clientSecret.isEmpty())) {
      throw options.wrong("needs the option 'token', or 'client_id' and 'client_secret'.");
    }
    this.calls = new HttpCalls(options.seconds("timeout", 60), clock);
  }

  /** A call of the REST API; {@code path} is under the version. */
  HttpCalls.Reply call(String method, String path, Object body) throws DeliveryFailure {
    return call(method, path, "application/json", HttpCalls.json(body));
  }

  HttpCalls.Reply call(String method, String path, String contentType, byte[] body) throws DeliveryFailure {
    if (token.isEmpty()) {
      renew();
    }
    try {
      return send(method, path, contentType, body);
    } catch (DeliveryFailure failure) {
      if (failure.status() == 403 && failure.words().contains("REQUEST_LIMIT_EXCEEDED")) {
        throw new DeliveryFailure(Advice.WAIT, 403, "REQUEST_LIMIT_EXCEEDED", failure.words(), failure.after());
      }
      if (failure.status() != 401 || clientId.isEmpty()) {
        throw failure;
      }
      renew();
      return send(method, path, contentType, body);
    }
  }

  private HttpCalls.Reply send(String method, String path, String contentType, byte[] body) throws DeliveryFailure {
    return calls.send(method, instance.resolve(base + path),
        Map.of("Authorization", "Bearer " + token.orElse(""), "Content-Type", contentType), body);
  }

  private void renew() throws DeliveryFailure {
    String form = "grant_type=client_credentials&client_id=" + encoded(clientId) + "&client_secret=" + encoded(clientSecret);
    HttpCalls.Reply reply = calls.send("POST", instance.resolve("/services/oauth2/token"),
        Map.of("Content-Type", "application/x-www-form-urlencoded"), form.getBytes(StandardCharsets.UTF_8));
    token = Optional.of(reply.body().path("access_token").asText());
  }

  private static String encoded(Optional<String> text) {
    return URLEncoder.encode(text.orElse(""), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    calls.close();
  }
}
