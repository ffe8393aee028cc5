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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Intercom contacts by their external id, one by one: created, or updated where Intercom says that they are there. */
final class IntercomDestination implements Destination {
  private static final Set<String> OWN = Set.of("email", "phone", "name", "external_id", "role", "avatar", "owner_id",
      "unsubscribed_from_emails");
  private static final Pattern EXISTING = Pattern.compile("already exists with id=([\\w-]+)");

  private final URI base;
  private final Map<String, String> headers;
  private final HttpCalls calls;

  IntercomDestination(Options options, Sync sync, InstantSource clock) {
    options.known("url", "token", "version", "timeout");
    this.base = options.url("url", Optional.of("https://api.intercom.io"));
    this.headers = Map.of("Authorization", "Bearer " + options.required("token"), "Intercom-Version",
        options.text("version").orElse("2.13"));
    if (sync.key().size() != 1) {
      throw options.wrong("knows contacts by one id; sync '" + sync.name() + "' has a key of " + sync.key().size() + " columns.");
    }
    this.calls = new HttpCalls(options.seconds("timeout", 30), clock);
  }

  @Override
  public int batchSize() {
    return 1;
  }

  @Override
  public Set<Operation> operations() {
    return Set.of(Operation.UPSERT, Operation.ARCHIVE, Operation.DELETE, Operation.CLEAR);
  }

  @Override
  public List<RowResult> deliver(Batch batch) throws DeliveryFailure {
    Row row = batch.rows().getFirst();
    if (row.operation() != Operation.UPSERT && row.remoteId().isEmpty()) {
      return List.of(new RowResult.Skipped("Intercom never told its id"));
    }
    return List.of(switch (row.operation()) {
      case ARCHIVE -> told(calls.send("POST", contact(row, "/archive"), headers, Map.of()));
      case DELETE -> told(calls.send("DELETE", contact(row, ""), headers, Map.of()));
      case INSERT, UPDATE, UPSERT, APPEND, CLEAR -> row.remoteId().isPresent() ? update(row.remoteId().get(), row) : create(row);
    });
  }

  private URI contact(Row row, String verb) {
    return base.resolve("/contacts/" + row.remoteId().orElseThrow() + verb);
  }

  private RowResult create(Row row) throws DeliveryFailure {
    try {
      return told(calls.send("POST", base.resolve("/contacts"), headers, body(row)));
    } catch (DeliveryFailure refused) {
      Matcher existing = EXISTING.matcher(refused.words());
      if (refused.status() == 409 && existing.find()) {
        return update(existing.group(1), row);
      }
      throw refused;
    }
  }

  private RowResult update(String id, Row row) throws DeliveryFailure {
    return told(calls.send("PUT", base.resolve("/contacts/" + id), headers, body(row)));
  }

  private static RowResult told(HttpCalls.Reply reply) {
    String id = reply.body().path("id").asText("");
    return id.isEmpty() ? new RowResult.Again(reply.status(), "Intercom answered " + reply.status() + " without a contact.")
        : new RowResult.Accepted(Optional.of(id));
  }

  private static Map<String, @Nullable Object> body(Row row) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    Map<String, @Nullable Object> others = new LinkedHashMap<>();
    if (row.operation() != Operation.CLEAR) {
      body.put("external_id", String.valueOf(row.keys().values().iterator().next()));
    }
    row.fields().forEach((name, value) -> (OWN.contains(name) ? body : others).put(name, value));
    body.put("custom_attributes", others);
    return body;
  }

  @Override
  public void close() {
    calls.close();
  }
}
