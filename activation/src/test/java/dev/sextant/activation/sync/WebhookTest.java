// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import dev.sextant.activation.sync.Provider.Answer;
import dev.sextant.activation.sync.Provider.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What a receiver that follows Standard Webhooks sees. Its check is written from the specification and RFC 2104, not with ours. */
class WebhookTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String ROW = "select 1 as customer, 'ä@x' as email, 10.50 as revenue";

  @TempDir private Path folder;

  private Provider.Request sent(String secret, String rows) throws IOException {
    try (Provider provider = new Provider(request -> new Answer(204, ""))) {
      Syncing.of(folder, "webhook", Map.of("url", provider.url() + "/hook", "secret", secret)).run(rows);
      return provider.requests().getFirst();
    }
  }

  @Test
  void theDefaultBodyIsTheDocumentedOne() throws IOException {
    Request request = sent(SECRET, ROW);
    assertThat(request.text()).isEqualTo("{\"sync\":\"crm\",\"run\":\"run-1\",\"rows\":[{\"op\":\"upsert\",\"key\":{\"customer\":1},"
        + "\"fields\":{\"email\":\"ä@x\",\"lifetime_value\":10.50,\"source\":\"sextant\"}}]}");
    assertThat(request.headers()).containsEntry("content-type", "application/json").containsKeys("webhook-id", "webhook-timestamp");
  }

  @Test
  void theSignatureIsThatOfStandardWebhooks() throws IOException {
    byte[] key = Base64.getDecoder().decode(SECRET.substring("whsec_".length()));
    Request request = sent(SECRET, ROW);
    assertThat(verifies(request, request.text(), key)).isTrue();
    assertThat(verifies(request, request.text() + " ", key)).isFalse();
    assertThat(verifies(request, request.text(), "another".getBytes(StandardCharsets.UTF_8))).isFalse();
    Instant stamped = Instant.ofEpochSecond(Long.parseLong(request.headers().getOrDefault("webhook-timestamp", "")));
    assertThat(Duration.between(stamped, Instant.now()).abs()).isLessThan(Duration.ofMinutes(5));
    Request plain = sent("plain secret", ROW.replace("10.50", "11.00"));
    assertThat(verifies(plain, plain.text(), "plain secret".getBytes(StandardCharsets.UTF_8))).isTrue();
  }

  @Test
  void aBatchThatIsSentAgainHasItsIdAndOtherContentHasAnother() throws IOException {
    AtomicBoolean failed = new AtomicBoolean();
    try (Provider provider = new Provider(request -> new Answer(failed.compareAndSet(false, true) ? 503 : 204, ""))) {
      Syncing syncing = Syncing.of(folder, "webhook", Map.of("url", provider.url(), "secret", SECRET));
      syncing.run(ROW);
      syncing.run(ROW.replace("10.50", "11.00"));
      List<String> ids = provider.requests().stream().map(request -> request.headers().get("webhook-id")).toList();
      assertThat(ids).hasSize(3);
      assertThat(ids.get(0)).isEqualTo(ids.get(1)).isNotEqualTo(ids.get(2));
    }
  }

  /** The check that this check is right: made with openssl. */
  @Test
  void theReceiverKnowsAKnownSignature() {
    byte[] key = Base64.getDecoder().decode(SECRET.substring("whsec_".length()));
    assertThat(hmac(key, "msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  private static boolean verifies(Request request, String body, byte[] key) {
    String content = request.headers().get("webhook-id") + "." + request.headers().get("webhook-timestamp") + "." + body;
    String expected = "v1," + hmac(key, content.getBytes(StandardCharsets.UTF_8));
    return List.of(request.headers().getOrDefault("webhook-signature", "").split(" ", -1)).contains(expected);
  }

  /** RFC 2104 over SHA-256, in base64. */
  private static String hmac(byte[] key, byte[] content) {
    byte[] inner = new byte[64];
    byte[] outer = new byte[64];
    for (int i = 0; i < 64; i++) {
      byte part = i < key.length ? key[i] : 0;
      inner[i] = (byte) (part ^ 0x36);
      outer[i] = (byte) (part ^ 0x5c);
    }
    return Base64.getEncoder().encodeToString(sha256(outer, sha256(inner, content)));
  }

  private static byte[] sha256(byte[] first, byte[] second) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(first);
      return digest.digest(second);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
