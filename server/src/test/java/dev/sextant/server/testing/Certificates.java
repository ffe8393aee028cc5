// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.testing;

import dev.sextant.server.ServerConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** Makes a key and a certificate of {@code localhost} that nobody has signed. */
public final class Certificates {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private Certificates() {}

  /** Writes {@code door.pem} and {@code key.pem} into a folder. */
  public static ServerConfig.Tls write(Path folder, String algorithm) throws Exception {
    Path store = folder.resolve("store.p12");
    keytool(store, algorithm);
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
    Path certificate = Files.writeString(folder.resolve("door.pem"), pem("CERTIFICATE", keys.getCertificate("door").getEncoded()));
    Path key = Files.writeString(folder.resolve("key.pem"), pem("PRIVATE KEY", keys.getKey("door", PASSWORD).getEncoded()));
    Files.delete(store);
    return new ServerConfig.Tls(certificate, key);
  }

  /** What trusts these certificates and no others. */
  public static SSLContext trusting(ServerConfig.Tls tls) throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (InputStream pem = Files.newInputStream(tls.certificates())) {
      trusted.setCertificateEntry("door", CertificateFactory.getInstance("X.509").generateCertificate(pem));
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static void keytool(Path store, String algorithm) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias",
        "door", "-keyalg", algorithm, "-validity", "2", "-dname", "CN=localhost", "-ext", "san=dns:localhost,ip:127.0.0.1", "-keystore",
        store.toString(), "-storetype", "PKCS12", "-storepass", new String(PASSWORD)).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private static String pem(String what, byte[] bytes) {
    return "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + what
        + "-----\n";
  }
}
