// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.auth;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import dev.sextant.model.SextantException;
import dev.sextant.server.error.ServerIssue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The keys that signatures are checked with: a secret, a public key in PEM, or a JWK set; a file is read again when it changes. */
final class VerificationKeys {
  private static final int SHORTEST_SECRET = 32;
  private static final String PEM = "-----BEGIN PUBLIC KEY-----";

  private final Optional<Path> file;
  private volatile Read read;

  /** Keys as they were in a file of a certain age. */
  private record Read(JWKSet keys, FileTime changed) {}

  private VerificationKeys(Optional<Path> file, Read read) {
    this.file = file;
    this.read = read;
  }

  /** The keys that settings name under {@code prefix}: one of {@code secret}, {@code public_key_file} and {@code jwks_file}. */
  static VerificationKeys of(Map<String, String> settings, String prefix) {
    List<String> named = Stream.of("secret", "public_key_file", "jwks_file").filter(key -> settings.containsKey(prefix + key)).toList();
    if (named.size() != 1) {
      throw wrong("needs one of secret, public_key_file and jwks_file, not " + (named.isEmpty() ? "none" : String.join(" and ", named)));
    }
    String value = settings.getOrDefault(prefix + named.getFirst(), "");
    if (!named.getFirst().equals("secret")) {
      Path file = Path.of(value);
      return new VerificationKeys(Optional.of(file), read(file));
    }
    byte[] secret = value.getBytes(StandardCharsets.UTF_8);
    if (secret.length < SHORTEST_SECRET) {
      throw wrong("has a secret that is too short; it must have " + SHORTEST_SECRET + " bytes or more");
    }
    return new VerificationKeys(Optional.empty(),
        new Read(new JWKSet(new OctetSequenceKey.Builder(secret).build()), FileTime.fromMillis(0)));
  }

  /** The keys right now; those of a file that cannot be read any more stay. */
  JWKSet current() {
    try {
      if (file.isPresent() && !Files.getLastModifiedTime(file.get()).equals(read.changed())) {
        read = read(file.get());
      }
    } catch (IOException | SextantException unreadable) {
      return read.keys();
    }
    return read.keys();
  }

  private static Read read(Path file) {
    try {
      FileTime changed = Files.getLastModifiedTime(file);
      String text = Files.readString(file);
      JWKSet keys = text.contains(PEM) ? new JWKSet(publicKey(text)) : JWKSet.parse(text);
      if (keys.getKeys().isEmpty()) {
        throw wrong("names the file " + file + ", which holds no key");
      }
      return new Read(keys, changed);
    } catch (IOException unreadable) {
      throw wrong("names the file " + file + ", which cannot be read");
    } catch (ParseException | IllegalArgumentException | GeneralSecurityException malformed) {
      throw wrong("names the file " + file + ", which holds neither a JWK set nor a key in PEM: " + malformed.getMessage());
    }
  }

  /** A public key of RSA or of elliptic curves, as "openssl pkey -pubout" writes it. */
  private static JWK publicKey(String pem) throws GeneralSecurityException {
    byte[] encoded = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    X509EncodedKeySpec spec = new X509EncodedKeySpec(encoded);
    try {
      return new RSAKey.Builder((RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(spec)).build();
    } catch (InvalidKeySpecException noRsa) {
      ECPublicKey key = (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(spec);
      return new ECKey.Builder(Curve.forECParameterSpec(key.getParams()), key).build();
    }
  }

  private static SextantException wrong(String what) {
    return Credentials.refused(ServerIssue.INVALID_SETTING, "server.jwt in sextant.yml " + what + ".");
  }
}
