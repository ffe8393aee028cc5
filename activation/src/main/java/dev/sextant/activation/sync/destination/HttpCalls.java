// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync.destination;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sextant.activation.ActivationIssue;
import dev.sextant.activation.DeliveryFailure;
import dev.sextant.activation.DeliveryFailure.Advice;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;

/**
 * Sends JSON and tells failures by what to do about them: network, 408, 425 and 5xx may pass, 429 says when, 401 and 403 stay, other refusals
 * are about the content.
 */
final class HttpCalls implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);
  private static final int LONGEST_QUOTE = 300;
  /** Shorter ones, such as a version in a header, are no secrets. */
  private static final int SHORTEST_SECRET = 8;

  private final HttpClient client;
  private final Duration timeout;
  private final InstantSource clock;

  HttpCalls(Duration timeout, InstantSource clock) {
    this.clock = clock;
    this.timeout = timeout;
    this.client = HttpClient.newBuilder().connectTimeout(timeout).build();
  }

  /** An answer that is no failure. */
  record Reply(int status, JsonNode body, String text) {}

  Reply send(String method, URI uri, Map<String, String> headers, Object body) throws DeliveryFailure {
    return send(method, uri, headers, json(body));
  }

  static byte[] json(Object body) {
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  Reply send(String method, URI uri, Map<String, String> headers, byte[] body) throws DeliveryFailure {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(timeout).setHeader("Content-Type", "application/json");
    headers.forEach(request::setHeader);
    boolean hasBody = !method.equals("GET") && !method.equals("DELETE");
    HttpResponse<byte[]> answer;
    try {
      answer = client.send(
          request.method(method, hasBody ? HttpRequest.BodyPublishers.ofByteArray(body) : HttpRequest.BodyPublishers.noBody()).build(),
          HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException broken) {
      throw new DeliveryFailure(Advice.RETRY, 0, "NETWORK", host(uri) + " cannot be reached or did not answer: "
          + broken.getClass().getSimpleName() + ".", Optional.empty());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw ActivationIssue.RUN_CANCELLED.because("The run was cancelled.");
    }
    return reply(uri, headers, answer);
  }

  private Reply reply(URI uri, Map<String, String> sent, HttpResponse<byte[]> answer) throws DeliveryFailure {
    int status = answer.statusCode();
    String text = new String(answer.body(), StandardCharsets.UTF_8);
    if (status / 100 == 2) {
      return new Reply(status, parse(text), text);
    }
    Advice advice = switch (status) {
      case 429 -> Advice.WAIT;
      case 408, 425 -> Advice.RETRY;
      case 401, 403 -> Advice.GIVE_UP;
      default -> status >= 500 ? Advice.RETRY : status >= 400 ? Advice.SPLIT : Advice.GIVE_UP;
    };
    throw new DeliveryFailure(advice, status, "HTTP_" + status,
        host(uri) + " answered " + status + quoted(withoutSecrets(text, sent)) + ".",
        answer.headers().firstValue("Retry-After").flatMap(this::pause));
  }

  private static String host(URI uri) {
    return uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
  }

  /** Some providers repeat the credential that they refuse; what is quoted ends in logs and records of runs. */
  private static String withoutSecrets(String text, Map<String, String> sent) {
    String told = text;
    for (String value : sent.values()) {
      for (String part : value.split("[\\s=,]+", -1)) {
        told = part.length() < SHORTEST_SECRET ? told : told.replace(part, "****");
      }
    }
    return told;
  }

  private static String quoted(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.isEmpty() ? "" : ": " + (line.length() > LONGEST_QUOTE ? line.substring(0, LONGEST_QUOTE) + ".." : line);
  }

  private static JsonNode parse(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      return node == null ? JSON.missingNode() : node;
    } catch (JsonProcessingException noJson) {
      return JSON.missingNode();
    }
  }

  /** RFC 9110: seconds, or a date. */
  private Optional<Duration> pause(String header) {
    if (header.strip().matches("\\d{1,6}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(header.strip())));
    }
    try {
      Duration until = Duration.between(clock.instant(), ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
      return Optional.of(until.isNegative() ? Duration.ZERO : until);
    } catch (DateTimeParseException unreadable) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
