// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.clients;

import dev.sextant.server.boot.SextantServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.LinkedHashMap;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Our driver over TLS, with a token. */
class JdbcTlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final SSLSocketFactory BEFORE = HttpsURLConnection.getDefaultSSLSocketFactory();

  @TempDir private Path folder;

  @AfterEach
  void trustAsBefore() {
    HttpsURLConnection.setDefaultSSLSocketFactory(BEFORE);
  }

  private static void ask(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url); ResultSet rows = connection.createStatement().executeQuery("select 1")) {
      assertThat(rows.next()).isTrue();
    }
  }

  private static void assertRefused(String url, String sqlState) {
    assertThatThrownBy(() -> ask(url)).isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getSQLState()).startsWith(sqlState));
  }

  @Test
  void bothSidesAreSure() throws Exception {
    KeyStore keys = keys();
    write("CERTIFICATE", "door.pem", keys.getCertificate("door").getEncoded());
    write("PRIVATE KEY", "key.pem", keys.getKey("door", PASSWORD).getEncoded());
    Files.writeString(folder.resolve("sextant.yml"), """
        name: secret
        server:
          http: {port: 0, tls: {certificate_file: door.pem, key_file: key.pem}}
          tokens: {ada: "s3cret"}
        """);
    try (SextantServer server = SextantServer.start(folder, new LinkedHashMap<>(),
        config -> config.withHost("localhost").withFlightPort(0))) {
      String place = "jdbc:sextant://localhost:" + server.httpPort() + "/?";
      assertRefused(place + "ssl=true&token=s3cret", "08");
      HttpsURLConnection.setDefaultSSLSocketFactory(trusting(keys));
      ask(place + "ssl=true&token=s3cret");
      assertRefused(place + "ssl=true&token=wrong", "28000");
      assertRefused(place + "ssl=true", "28000");
      assertRefused(place + "token=s3cret", "08");
    }
  }

  private KeyStore keys() throws Exception {
    Path store = folder.resolve("store.p12");
    Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias",
        "door", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost", "-keystore", store.toString(), "-storepass",
        new String(PASSWORD)).inheritIO().start();
    assertThat(keytool.waitFor()).isZero();
    return KeyStore.getInstance(store.toFile(), PASSWORD);
  }

  private void write(String what, String file, byte[] bytes) throws IOException {
    Files.writeString(folder.resolve(file),
        "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + what + "-----\n");
  }

  private static SSLSocketFactory trusting(KeyStore keys) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("door", keys.getCertificate("door"));
    TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context.getSocketFactory();
  }
}
