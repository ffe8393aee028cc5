// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync.destination;

import dev.sextant.activation.DeliveryFailure;
import dev.sextant.activation.DeliveryFailure.Advice;
import dev.sextant.activation.Destination;
import dev.sextant.model.Sync;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A message a row by Slack's {@code chat.postMessage}, which says what is wrong in the body of a 200. */
final class SlackDestination implements Destination {
  private static final Pattern FIELD = Pattern.compile("\\{(\\w+)\\}");
  private static final Set<
      String> BAD_CREDENTIALS = Set.of("invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired",
          "missing_scope", "no_permission", "access_denied");
  private static final Set<String> MAY_PASS = Set.of("internal_error", "fatal_error", "service_unavailable", "request_timeout");

  private final URI url;
  private final Map<String, String> headers;
  private final String channel;
  private final String template;
  private final HttpCalls calls;

  SlackDestination(Options options, Sync sync, InstantSource clock) {
    options.known("token", "channel", "text", "url", "timeout");
    this.url = options.url("url", Optional.of("https://slack.com")).resolve("/api/chat.postMessage");
    this.headers = Map.of("Authorization", "Bearer " + options.required("token"));
    this.channel = sync.object()
        .or(() -> options.text("channel"))
        .orElseThrow(() -> options.wrong("needs a channel: 'object' in sync '" + sync.name() + "' or the option 'channel'."));
    this.template = options.text("text")
        .orElseGet(() -> sync.map()
            .keySet()
            .stream()
            .map(field -> field + ": {" + field + "}")
            .reduce((left, right) -> left + ", " + right)
            .orElse("{key}"));
    this.calls = new HttpCalls(options.seconds("timeout", 30), clock);
  }

  @Override
  public int batchSize() {
    return 1;
  }

  @Override
  public Set<Operation> operations() {
    return Set.of(Operation.APPEND, Operation.INSERT, Operation.UPSERT);
  }

  @Override
  public List<RowResult> deliver(Batch batch) throws DeliveryFailure {
    Row row = batch.rows().getFirst();
    var body = Map.of("channel", channel, "text", text(row), "metadata",
        Map.of("event_type", "sextant_sync", "event_payload", Map.of("id", batch.id())));
    HttpCalls.Reply reply = calls.send("POST", url, headers, body);
    if (reply.body().path("ok").asBoolean(false)) {
      return List.of(new RowResult.Accepted(Optional.of(reply.body().path("ts").asText())));
    }
    if (!reply.body().has("ok")) {
      return List.of(new RowResult.Again(reply.status(), "Slack answered without a word about the message."));
    }
    String error = reply.body().path("error").asText("no reason given");
    if (error.equals("ratelimited")) {
      throw new DeliveryFailure(Advice.WAIT, 200, error, "Slack asks to wait.", Optional.empty());
    }
    if (BAD_CREDENTIALS.contains(error)) {
      throw new DeliveryFailure(Advice.GIVE_UP, 401, error, "Slack refuses the token: " + error + ".", Optional.empty());
    }
    if (MAY_PASS.contains(error)) {
      throw new DeliveryFailure(Advice.RETRY, 200, error, "Slack answered " + error + ".", Optional.empty());
    }
    return List.of(new RowResult.Rejected(200, error, "Slack refuses the message: " + error + "."));
  }

  private String text(Row row) {
    return FIELD.matcher(template).replaceAll(found -> {
      String name = found.group(1);
      Object value = row.fields().containsKey(name) ? row.fields().get(name) : row.keys().get(name);
      return Matcher.quoteReplacement(escaped(name.equals("key") ? row.key() : String.valueOf(value)));
    });
  }

  /** Values are text: none of them mentions a channel or makes a link. */
  private static String escaped(String value) {
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  @Override
  public void close() {
    calls.close();
  }
}
