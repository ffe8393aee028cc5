// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync.destination;

import dev.sextant.activation.DeliveryFailure;
import dev.sextant.activation.Destination;
import dev.sextant.model.Sync;
import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Klaviyo profiles, created or updated one by one ({@code /api/profile-import}); other fields than its own become properties. */
final class KlaviyoDestination implements Destination {
  private static final Set<String> OWN = Set.of("email", "phone_number", "external_id", "first_name", "last_name", "organization", "title",
      "locale", "image");

  private final URI url;
  private final Map<String, String> headers;
  private final HttpCalls calls;

  KlaviyoDestination(Options options, Sync sync, InstantSource clock) {
    options.known("url", "token", "revision", "timeout");
    this.url = options.url("url", Optional.of("https://a.klaviyo.com")).resolve("/api/profile-import");
    this.headers = Map.of("Authorization", "Klaviyo-API-Key " + options.required("token"), "revision",
        options.text("revision").orElse("2025-07-15"));
    if (sync.map().keySet().stream().noneMatch(Set.of("email", "phone_number", "external_id")::contains)) {
      throw options.wrong("finds profiles by email, phone_number or external_id; the map of sync '" + sync.name() + "' has none of them.");
    }
    this.calls = new HttpCalls(options.seconds("timeout", 30), clock);
  }

  @Override
  public int batchSize() {
    return 1;
  }

  @Override
  public Set<Operation> operations() {
    return Set.of(Operation.UPSERT);
  }

  @Override
  public List<RowResult> deliver(Batch batch) throws DeliveryFailure {
    Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
    Map<String, @Nullable Object> properties = new LinkedHashMap<>();
    batch.rows().getFirst().fields().forEach((name, value) -> (OWN.contains(name) ? attributes : properties).put(name, value));
    attributes.put("properties", properties);
    HttpCalls.Reply reply = calls.send("POST", url, headers, Map.of("data", Map.of("type", "profile", "attributes", attributes)));
    String id = reply.body().path("data").path("id").asText("");
    return List.of(id.isEmpty() ? new RowResult.Again(reply.status(), "Klaviyo answered " + reply.status() + " without a profile.")
        : new RowResult.Accepted(Optional.of(id)));
  }

  @Override
  public void close() {
    calls.close();
  }
}
