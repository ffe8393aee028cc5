// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.flight;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.auth2.BearerCredentialWriter;
import org.apache.arrow.flight.grpc.CredentialCallOption;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.flight.sql.FlightSqlClient.PreparedStatement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Tokens and TLS. */
class FlightSecurityTest {
  private static final String ASK = "SELECT MEASURE(revenue) FROM sales";

  @TempDir private Path folder;

  @Test
  void withTokensOnlyTheirBearersAreLetIn() throws Exception {
    try (FlightUnderTest flight = FlightUnderTest.open(folder, "tokens: {ada: \"s3cret\"}"); FlightSqlClient client = flight.client()) {
      CredentialCallOption good = new CredentialCallOption(new BearerCredentialWriter("s3cret"));
      assertThat(FlightUnderTest.ask(client, ASK, good).rows()).containsExactly(List.of("143.75"));
      try (PreparedStatement prepared = client.prepare(ASK, good)) {
        assertThat(FlightUnderTest.read(client, prepared.execute(good), good).rows()).hasSize(1);
        prepared.close(good);
      }
      CredentialCallOption bad = new CredentialCallOption(new BearerCredentialWriter("s3cre"));
      assertThatThrownBy(() -> FlightUnderTest.ask(client, ASK, bad)).isInstanceOfSatisfying(FlightRuntimeException.class,
          e -> assertThat(e.status().code()).isEqualTo(FlightStatusCode.UNAUTHENTICATED));
      assertThatThrownBy(() -> FlightUnderTest.ask(client, ASK)).isInstanceOfSatisfying(FlightRuntimeException.class,
          e -> assertThat(e.status().code()).isEqualTo(FlightStatusCode.UNAUTHENTICATED));
      assertThatThrownBy(() -> FlightUnderTest.read(client, client.execute(ASK, good))).isInstanceOf(FlightRuntimeException.class);
    }
  }

  @Test
  void theJdbcDriverShowsATokenOrAPassword() throws Exception {
    try (FlightUnderTest flight = FlightUnderTest.open(folder, "tokens: {ada: \"s3cret\"}")) {
      String url = "jdbc:arrow-flight-sql://localhost:" + flight.port() + "/?useEncryption=false";
      for (String shown : List.of("&token=s3cret", "&user=ada&password=s3cret")) {
        try (Connection connection = DriverManager.getConnection(url + shown);
            ResultSet rows = connection.createStatement().executeQuery(ASK)) {
          assertThat(rows.next()).as(shown).isTrue();
        }
      }
      assertThatThrownBy(() -> DriverManager.getConnection(url + "&user=ada&password=wrong").close())
          .isInstanceOf(java.sql.SQLException.class);
    }
  }

  @Test
  void webTokensAreShownAsBearersAndPasswords() throws Exception {
    String secret = "a secret of more than 32 bytes, for tests";
    SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256),
        new JWTClaimsSet.Builder().subject("eva")
            .claim("roles", List.of("team"))
            .expirationTime(Date.from(Instant.now().plusSeconds(600)))
            .build());
    token.sign(new MACSigner(secret));
    try (FlightUnderTest flight = FlightUnderTest.open(folder, "jwt: {secret: \"" + secret + "\"}")) {
      String url = "jdbc:arrow-flight-sql://localhost:" + flight.port() + "/?useEncryption=false";
      for (String shown : List.of("&token=", "&user=eva&password=")) {
        try (Connection connection = DriverManager.getConnection(url + shown + token.serialize());
            ResultSet rows = connection.createStatement().executeQuery(ASK)) {
          assertThat(rows.next()).as(shown).isTrue();
        }
      }
      assertThatThrownBy(() -> DriverManager.getConnection(url + "&token=" + token.serialize() + "x").close())
          .isInstanceOf(java.sql.SQLException.class);
    }
  }

  @Test
  void withACertificateTheDoorSpeaksTls() throws Exception {
    Path store = folder.resolve("store.p12");
    keytool(store);
    KeyStore keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
    String certificate = pem("CERTIFICATE", keys.getCertificate("door").getEncoded());
    Files.writeString(folder.resolve("door.pem"), certificate);
    Files.writeString(folder.resolve("key.pem"), pem("PRIVATE KEY", keys.getKey("door", "changeit".toCharArray()).getEncoded()));
    String settings = "flight: {port: 0, tls: {certificate_file: door.pem, key_file: key.pem}}";
    try (FlightUnderTest flight = FlightUnderTest.open(folder, settings);
        InputStream trusted = new ByteArrayInputStream(certificate.getBytes(StandardCharsets.UTF_8));
        FlightSqlClient client = new FlightSqlClient(FlightClient.builder(flight.memory(), Location.forGrpcTls("localhost", flight.port()))
            .useTls()
            .trustedCertificates(trusted)
            .build());
        FlightSqlClient plain = flight.client()) {
      assertThat(FlightUnderTest.ask(client, ASK).rows()).containsExactly(List.of("143.75"));
      assertThatThrownBy(() -> FlightUnderTest.ask(plain, ASK)).isInstanceOf(FlightRuntimeException.class);
    }
  }

  private static void keytool(Path store) throws Exception {
    Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias",
        "door",
        "-keyalg", "RSA", "-keysize", "2048", "-validity", "2", "-dname", "CN=localhost", "-ext", "san=dns:localhost", "-keystore",
        store.toString(), "-storetype", "PKCS12", "-storepass", "changeit").redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private static String pem(String what, byte[] bytes) {
    return "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + what
        + "-----\n";
  }
}
