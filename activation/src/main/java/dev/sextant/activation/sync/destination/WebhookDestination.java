// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync.destination;

import dev.sextant.activation.DeliveryFailure;
import dev.sextant.activation.Destination;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Any URL. The body is {@code {"sync","run","rows":[{"op","key","fields"}]}}; with a secret it is signed as Standard Webhooks
 * (standardwebhooks.com) has it. A receiver drops what it has seen by {@code webhook-id}.
 */
final class WebhookDestination implements Destination {
  private static final int ROWS = 500;
  private static final String SECRET_PREFIX = "whsec_";

  private final URI url;
  private final Optional<byte[]> secret;
  private final Map<String, String> headers;
  private final int rows;
  private final InstantSource clock;
  private final HttpCalls calls;

  WebhookDestination(Options options, InstantSource clock) {
    options.known("url", "secret", "batch_size", "timeout", "headers.*");
    this.url = options.url("url", Optional.empty());
    this.secret = options.text("secret").map(text -> decoded(options, text));
    this.headers = options.under("headers");
    this.rows = options.number("batch_size", ROWS, 100_000);
    this.clock = clock;
    this.calls = new HttpCalls(options.seconds("timeout", 30), clock);
  }

  private static byte[] decoded(Options options, String text) {
    try {
      return text.startsWith(SECRET_PREFIX) ? Base64.getDecoder().decode(text.substring(SECRET_PREFIX.length()))
          : text.getBytes(StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw options.wrong("has a secret that is not base64 after " + SECRET_PREFIX + ".");
    }
  }

  @Override
  public int batchSize() {
    return rows;
  }

  @Override
  public Set<Operation> operations() {
    return Set.of(Operation.values());
  }

  @Override
  public List<RowResult> deliver(Batch batch) throws DeliveryFailure {
    byte[] body = HttpCalls.json(body(batch));
    Map<String, String> sent = new LinkedHashMap<>(headers);
    String timestamp = String.valueOf(clock.instant().getEpochSecond());
    sent.put("webhook-id", batch.id());
    sent.put("webhook-timestamp", timestamp);
    secret.ifPresent(key -> sent.put("webhook-signature", "v1," + signature(key, batch.id() + "." + timestamp + ".", body)));
    calls.send("POST", url, sent, body);
    return Collections.nCopies(batch.rows().size(), RowResult.Accepted.UNNAMED);
  }

  private static Map<String, Object> body(Batch batch) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("sync", batch.sync());
    body.put("run", batch.run());
    body.put("rows", batch.rows().stream().map(WebhookDestination::row).toList());
    return body;
  }

  private static Map<String, Object> row(Row row) {
    Map<String, Object> written = new LinkedHashMap<>();
    boolean gone = row.operation() == Operation.DELETE || row.operation() == Operation.ARCHIVE;
    written.put("op", gone ? "delete" : "upsert");
    written.put("key", row.keys());
    written.put("fields", gone ? Map.of() : row.fields());
    return written;
  }

  private static String signature(byte[] key, String head, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update(head.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public void close() {
    calls.close();
  }
}
