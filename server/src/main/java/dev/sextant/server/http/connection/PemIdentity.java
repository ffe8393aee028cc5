// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.http.connection;

import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.server.ServerConfig;
import dev.sextant.server.error.ServerIssue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Who the HTTP door is to clients that speak TLS: its certificates and its key, both in PEM as {@code openssl} writes them. */
final class PemIdentity {
  private static final List<String> KINDS_OF_KEYS = List.of("RSA", "EC", "Ed25519");
  private static final String ENTRY = "door";
  /** The keys are in memory only. */
  private static final String NO_SECRET = "in memory";

  private PemIdentity() {}

  /** Reads the files of {@code tls}; an exception says which of them is of no use. */
  static SslContextFactory.Server of(ServerConfig.Tls tls) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(ENTRY, key(tls.key()), NO_SECRET.toCharArray(), certificates(tls.certificates()));
      SslContextFactory.Server context = new SslContextFactory.Server();
      context.setKeyStore(store);
      context.setKeyStorePassword(NO_SECRET);
      return context;
    } catch (IOException | GeneralSecurityException | IllegalArgumentException unusable) {
      throw wrong("cannot be used: " + unusable.getMessage());
    }
  }

  private static Certificate[] certificates(Path file) throws IOException, GeneralSecurityException {
    try (InputStream pem = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(pem).toArray(Certificate[]::new);
    }
  }

  private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
    String pem = Files.readString(file);
    if (!pem.contains("-----BEGIN PRIVATE KEY-----")) {
      throw wrong("need a key_file in PKCS 8, not encrypted; openssl pkcs8 -topk8 -nocrypt makes one");
    }
    byte[] encoded = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    for (String kind : KINDS_OF_KEYS) {
      try {
        return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(encoded));
      } catch (InvalidKeySpecException anotherKind) {
        continue;
      }
    }
    throw wrong("need a key of " + String.join(", ", KINDS_OF_KEYS));
  }

  private static SextantException wrong(String what) {
    return new SextantException(
        Issue.of(ServerIssue.INVALID_SETTING, Position.NOWHERE, "The files of server.http.tls in sextant.yml " + what + "."));
  }
}
