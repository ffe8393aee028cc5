// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.http;

import dev.sextant.model.SextantException;
import dev.sextant.server.ServerConfig;
import dev.sextant.server.testing.Certificates;
import dev.sextant.server.testing.RunningDoor;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The HTTP door behind a certificate: the same, but encrypted. */
class HttpTlsTest {
  @TempDir private Path folder;

  private static RunningDoor open(ServerConfig.Tls tls) {
    return new RunningDoor(new ServerConfig("localhost", 0, 0, Optional.of(tls), ServerConfig.Limits.DEFAULT));
  }

  private static HttpRequest query(RunningDoor door) {
    return HttpRequest.newBuilder(URI.create("https://localhost:" + door.door().port() + "/v1/query"))
        .header("Accept", "text/csv")
        .POST(BodyPublishers.ofString("{}"))
        .build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void answersThoseWhoTrustIt(String algorithm) throws Exception {
    ServerConfig.Tls tls = Certificates.write(folder, algorithm);
    try (RunningDoor door = open(tls); HttpClient trusting = HttpClient.newBuilder().sslContext(Certificates.trusting(tls)).build();
        HttpClient distrustful = HttpClient.newHttpClient()) {
      door.answerRows(1);
      assertThat(trusting.send(query(door), BodyHandlers.ofString()).body()).isEqualTo("id,name,value\n0,name 0,0.0\n");
      assertThatThrownBy(() -> distrustful.send(query(door), BodyHandlers.ofString())).isInstanceOf(SSLHandshakeException.class);
      assertThatThrownBy(() -> door.query("text/csv", "{}")).hasCauseInstanceOf(IOException.class);
    }
  }

  @Test
  void aFailureMidwayBreaksTheConnection() throws Exception {
    ServerConfig.Tls tls = Certificates.write(folder, "EC");
    try (RunningDoor door = open(tls); HttpClient client = HttpClient.newBuilder().sslContext(Certificates.trusting(tls)).build()) {
      door.engine().answer((query, control) -> door.rows(control, 1_000_000).failingAt(900_000));
      HttpResponse<InputStream> response = client.send(query(door), BodyHandlers.ofInputStream());
      assertThat(response.statusCode()).isEqualTo(200);
      assertThatThrownBy(() -> response.body().readAllBytes()).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aClientThatLeavesStopsItsQuery() throws Exception {
    ServerConfig.Tls tls = Certificates.write(folder, "EC");
    SSLContext trusting = Certificates.trusting(tls);
    try (RunningDoor door = open(tls)) {
      CountDownLatch stopped = new CountDownLatch(1);
      door.engine().answer((query, control) -> {
        control.onStop(stopped::countDown);
        return door.rows(control, 1).before(() -> await(stopped));
      });
      try (SSLSocket socket = (SSLSocket) trusting.getSocketFactory().createSocket("localhost", door.door().port())) {
        socket.getOutputStream()
            .write("POST /v1/query HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}".getBytes(StandardCharsets.US_ASCII));
        waitUntil(() -> door.operations().queries().count() == 1);
      }
      assertThat(stopped.await(20, TimeUnit.SECONDS)).isTrue();
      waitUntil(() -> door.operations().queries().count() == 0);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void waitUntil(BooleanSupplier condition) throws InterruptedException {
    Instant latest = Instant.now().plusSeconds(20);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).isBefore(latest);
      Thread.sleep(20);
    }
  }

  @Test
  void filesOfNoUseAreToldBeforeTheDoorOpens() throws Exception {
    ServerConfig.Tls tls = Certificates.write(folder, "EC");
    assertThatThrownBy(() -> open(new ServerConfig.Tls(tls.certificates(), folder.resolve("no.pem"))).close())
        .satisfies(failure -> assertThat(told(failure)).contains("server.http.tls").contains("no.pem"));
    Path encrypted = Files.writeString(folder.resolve("encrypted.pem"), "-----BEGIN ENCRYPTED PRIVATE KEY-----\n");
    assertThatThrownBy(() -> open(new ServerConfig.Tls(tls.certificates(), encrypted)).close())
        .satisfies(failure -> assertThat(told(failure)).contains("PKCS 8"));
  }

  private static String told(Throwable failure) {
    Throwable cause = failure;
    while (!(cause instanceof SextantException) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }

  @Test
  void settingsNameItsFilesAndItsPort() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("server.http.port", "8443");
    settings.put("server.http.tls.certificate_file", "/keys/door.pem");
    settings.put("server.http.tls.key_file", "/keys/key.pem");
    ServerConfig config = ServerConfig.of(settings);
    assertThat(config.httpPort()).isEqualTo(8443);
    assertThat(config.httpTls()).contains(new ServerConfig.Tls(Path.of("/keys/door.pem"), Path.of("/keys/key.pem")));
    assertThat(ServerConfig.of(Map.of("server.http", "80")).httpTls()).isEmpty();
  }
}
