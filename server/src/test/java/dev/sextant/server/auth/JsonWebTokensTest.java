// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.sextant.model.SextantException;
import dev.sextant.query.Caller;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JsonWebTokensTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final String SECRET = "a secret of more than 32 bytes, for tests";

  @TempDir private Path folder;

  private static Credentials credentials(Map<String, String> settings) {
    Map<String, String> all = new LinkedHashMap<>();
    settings.forEach((key, value) -> all.put("server.jwt." + key, value));
    return Credentials.of(all, InstantSource.fixed(NOW));
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder().subject("eva").expirationTime(Date.from(NOW.plusSeconds(600)));
  }

  private static String signed(JWTClaimsSet.Builder claims, JWSAlgorithm algorithm, JWSSigner signer) throws JOSEException {
    SignedJWT token = new SignedJWT(new JWSHeader(algorithm), claims.build());
    token.sign(signer);
    return token.serialize();
  }

  private static String signed(JWTClaimsSet.Builder claims) throws JOSEException {
    return signed(claims, JWSAlgorithm.HS256, new MACSigner(SECRET));
  }

  private static void assertRefused(Credentials credentials, String token, String code, String message) {
    assertThatThrownBy(() -> credentials.bearer(token)).isInstanceOfSatisfying(SextantException.class, refused -> {
      assertThat(refused.issues().getFirst().code().name()).isEqualTo(code);
      assertThat(refused.issues().getFirst().message()).contains(message);
    });
  }

  @Test
  void claimsTellWhoAsksWithWhichRolesAndAttributes() throws Exception {
    Credentials credentials = credentials(Map.of("secret", SECRET, "roles", "realm_access.roles", "attributes", "countries, region"));
    assertThat(credentials.required()).isTrue();
    Caller caller = credentials.bearer(signed(claims().claim("realm_access", Map.of("roles", List.of("team", "reader")))
        .claim("countries", List.of("DE", "FR"))
        .claim("region", "EU")
        .claim("email", "eva@example.com")));
    assertThat(caller).isEqualTo(
        new Caller("eva", List.of("team", "reader"), Map.of("countries", List.of("DE", "FR"), "region", List.of("EU"))));
    assertThat(credentials(Map.of("secret", SECRET)).bearer(signed(claims().claim("roles", "team reader"))).roles())
        .containsExactly("team", "reader");
    assertThat(credentials(Map.of("secret", SECRET)).bearer(signed(claims())).roles()).isEmpty();
  }

  @Test
  void whatIsNotSignedValidOrMeantForUsIsRefused() throws Exception {
    Credentials credentials = credentials(Map.of("secret", SECRET, "issuer", "https://id.example.com", "audience", "sextant"));
    JWTClaimsSet.Builder good = claims().issuer("https://id.example.com").audience("sextant");
    assertThat(credentials.bearer(signed(good)).name()).isEqualTo("eva");
    assertRefused(credentials, signed(claims().issuer("https://id.example.com")
        .audience("sextant")
        .expirationTime(Date.from(NOW.minus(Duration.ofHours(1))))), "TOKEN_EXPIRED", "get a new one");
    assertRefused(credentials, signed(claims().issuer("https://id.example.com").audience("other")), "UNAUTHENTICATED", "aud claim");
    assertRefused(credentials, signed(claims().issuer("https://evil.example.com").audience("sextant")), "UNAUTHENTICATED", "iss");
    assertRefused(credentials, signed(good, JWSAlgorithm.HS256, new MACSigner(SECRET + "!")), "UNAUTHENTICATED", "Invalid signature");
    assertRefused(credentials, new PlainJWT(good.build()).serialize(), "UNAUTHENTICATED", "not valid here");
    assertRefused(credentials, "no token at all", "UNAUTHENTICATED", "not known");
    assertRefused(credentials, "", "UNAUTHENTICATED", "not known");
    JWTClaimsSet.Builder endless = new JWTClaimsSet.Builder().subject("eva").issuer("https://id.example.com").audience("sextant");
    assertRefused(credentials, signed(endless), "UNAUTHENTICATED", "exp");
    JWTClaimsSet.Builder nameless = new JWTClaimsSet.Builder().issuer("https://id.example.com")
        .audience("sextant")
        .expirationTime(Date.from(NOW.plusSeconds(600)));
    assertRefused(credentials, signed(nameless), "UNAUTHENTICATED", "sub");
  }

  @Test
  void keysComeFromFilesAndArePutInPlaceOfOthersWhileServing() throws Exception {
    RSAKey first = new RSAKeyGenerator(2048).keyID("1").generate();
    RSAKey second = new RSAKeyGenerator(2048).keyID("2").generate();
    Path jwks = folder.resolve("jwks.json");
    Files.writeString(jwks, new JWKSet(first.toPublicJWK()).toString());
    Credentials credentials = credentials(Map.of("jwks_file", jwks.toString()));
    String one = signed(claims(), JWSAlgorithm.RS256, new RSASSASigner(first));
    String two = signed(claims(), JWSAlgorithm.RS256, new RSASSASigner(second));
    assertThat(credentials.bearer(one).name()).isEqualTo("eva");
    assertRefused(credentials, two, "UNAUTHENTICATED", "Invalid signature");
    Files.writeString(jwks, new JWKSet(second.toPublicJWK()).toString());
    Files.setLastModifiedTime(jwks, FileTime.from(NOW));
    assertThat(credentials.bearer(two).name()).isEqualTo("eva");
    assertRefused(credentials, one, "UNAUTHENTICATED", "Invalid signature");
    Files.delete(jwks);
    assertThat(credentials.bearer(two).name()).as("what is known stays").isEqualTo("eva");
  }

  @Test
  void aPublicKeyIsNeverTakenForASecret() throws Exception {
    RSAKey key = new RSAKeyGenerator(2048).generate();
    String pem = "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.toRSAPublicKey().getEncoded()) + "\n-----END PUBLIC KEY-----\n";
    Path file = folder.resolve("key.pem");
    Files.writeString(file, pem);
    Credentials credentials = credentials(Map.of("public_key_file", file.toString()));
    assertThat(credentials.bearer(signed(claims(), JWSAlgorithm.RS256, new RSASSASigner(key))).name()).isEqualTo("eva");
    assertRefused(credentials, signed(claims(), JWSAlgorithm.HS256, new MACSigner(pem.getBytes(StandardCharsets.UTF_8))),
        "UNAUTHENTICATED", "not valid here");
  }

  @Test
  void settingsThatMeanNothingAreRefused() throws Exception {
    Path empty = folder.resolve("empty.json");
    Files.writeString(empty, "{\"keys\": []}");
    Path broken = folder.resolve("broken.json");
    Files.writeString(broken, "{");
    Map<Map<String, String>, String> wrong = new LinkedHashMap<>();
    wrong.put(Map.of("issuer", "x"), "needs one of secret");
    wrong.put(Map.of("secret", SECRET, "jwks_file", empty.toString()), "not secret and jwks_file");
    wrong.put(Map.of("secret", "short"), "too short");
    wrong.put(Map.of("jwks_file", empty.toString()), "holds no key");
    wrong.put(Map.of("jwks_file", broken.toString()), "neither a JWK set nor");
    wrong.put(Map.of("jwks_file", folder.resolve("none.json").toString()), "cannot be read");
    wrong.forEach((settings, message) -> assertThatThrownBy(() -> credentials(settings)).isInstanceOf(SextantException.class)
        .hasMessageContaining(message));
  }
}
