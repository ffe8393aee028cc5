// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.flight;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.sextant.server.testing.Certificates;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Instant;
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
  void aPreparedStatementIsItsOwnersOnly() throws Exception {
    try (FlightUnderTest flight = FlightUnderTest.open(folder, "tokens: {ada: \"s3cret\", bob: \"other\"}");
        FlightSqlClient client = flight.client()) {
      CredentialCallOption ada = new CredentialCallOption(new BearerCredentialWriter("s3cret"));
      CredentialCallOption bob = new CredentialCallOption(new BearerCredentialWriter("other"));
      try (PreparedStatement prepared = client.prepare(ASK, ada)) {
        assertThatThrownBy(() -> prepared.execute(bob)).isInstanceOfSatisfying(FlightRuntimeException.class,
            e -> assertThat(e.status().code()).isEqualTo(FlightStatusCode.NOT_FOUND));
        assertThat(FlightUnderTest.read(client, prepared.execute(ada), ada).rows()).hasSize(1);
        prepared.close(bob);
      }
      try (PreparedStatement prepared = client.prepare(ASK, ada)) {
        prepared.close(ada);
        assertThatThrownBy(() -> prepared.execute(ada)).isInstanceOf(RuntimeException.class);
      }
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
    SignedJWT token = token(secret, Instant.now().plusSeconds(600));
    try (FlightUnderTest flight = FlightUnderTest.open(folder, "jwt: {secret: \"" + secret + "\"}")) {
      String url = "jdbc:arrow-flight-sql://localhost:" + flight.port() + "/?useEncryption=false";
      for (String shown : List.of("&token=", "&user=eva&password=")) {
        try (Connection connection = DriverManager.getConnection(url + shown + token.serialize());
            ResultSet rows = connection.createStatement().executeQuery(ASK)) {
          assertThat(rows.next()).as(shown).isTrue();
        }
      }
      for (String shown : List.of(token.serialize() + "x", token(secret, Instant.now().minusSeconds(600)).serialize())) {
        assertThatThrownBy(() -> DriverManager.getConnection(url + "&token=" + shown).close()).isInstanceOf(java.sql.SQLException.class);
      }
    }
  }

  private static SignedJWT token(String secret, Instant expires) throws Exception {
    SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256),
        new JWTClaimsSet.Builder().subject("eva").claim("roles", List.of("team")).expirationTime(Date.from(expires)).build());
    token.sign(new MACSigner(secret));
    return token;
  }

  @Test
  void withACertificateTheDoorSpeaksTls() throws Exception {
    String certificate = Files.readString(Certificates.write(folder, "RSA").certificates());
    String settings = "flight: {port: 0, tls: {certificate_file: door.pem, key_file: key.pem}}\n  tokens: {ada: \"s3cret\"}";
    CredentialCallOption ada = new CredentialCallOption(new BearerCredentialWriter("s3cret"));
    try (FlightUnderTest flight = FlightUnderTest.open(folder, settings);
        InputStream trusted = new ByteArrayInputStream(certificate.getBytes(StandardCharsets.UTF_8));
        FlightSqlClient client = new FlightSqlClient(FlightClient.builder(flight.memory(), Location.forGrpcTls("localhost", flight.port()))
            .useTls()
            .trustedCertificates(trusted)
            .build());
        FlightSqlClient distrustful = new FlightSqlClient(
            FlightClient.builder(flight.memory(), Location.forGrpcTls("localhost", flight.port())).useTls().build());
        FlightSqlClient plain = flight.client()) {
      assertThat(FlightUnderTest.ask(client, ASK, ada).rows()).containsExactly(List.of("143.75"));
      assertThatThrownBy(() -> FlightUnderTest.ask(client, ASK)).isInstanceOfSatisfying(FlightRuntimeException.class,
          e -> assertThat(e.status().code()).isEqualTo(FlightStatusCode.UNAUTHENTICATED));
      for (FlightSqlClient refused : List.of(distrustful, plain)) {
        assertThatThrownBy(() -> FlightUnderTest.ask(refused, ASK, ada)).isInstanceOfSatisfying(FlightRuntimeException.class,
            e -> assertThat(e.status().code()).isEqualTo(FlightStatusCode.UNAVAILABLE));
      }
      String url = "jdbc:arrow-flight-sql://localhost:" + flight.port() + "/?token=s3cret";
      try (Connection connection = DriverManager.getConnection(url + "&tlsRootCerts=" + folder.resolve("door.pem"));
          ResultSet rows = connection.createStatement().executeQuery(ASK)) {
        assertThat(rows.next()).isTrue();
      }
      assertThatThrownBy(() -> DriverManager.getConnection(url).close()).isInstanceOf(java.sql.SQLException.class);
    }
  }
}
