// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc;

import dev.sextant.jdbc.testing.FakeCatalog;
import dev.sextant.jdbc.testing.FakeServer;
import dev.sextant.jdbc.testing.Tables;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The jar that users get: small, alone on the class path, for Java 11, and with nothing in it that other jars have. */
class DriverJarCheck {
  private static final Path JAR = Path.of(Objects.requireNonNull(System.getProperty("driver.jar"), "driver.jar is set by the build"));
  private static final int MOST_BYTES = 4 << 20;
  private static final int JAVA_11 = 55;

  @Test
  void itIsSmall() throws IOException {
    assertThat(Files.size(JAR)).isLessThan(MOST_BYTES);
  }

  @Test
  void everythingInItIsUnderOurName() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertThat(jar.stream().filter(entry -> !entry.isDirectory()).map(JarEntry::getName)).allMatch(
          name -> name.startsWith("dev/sextant/jdbc/") || name.startsWith("META-INF/"));
      assertThat(jar.stream().map(JarEntry::getName).filter(name -> name.startsWith("META-INF/services/") && !name.endsWith("/")))
          .containsExactly("META-INF/services/java.sql.Driver");
      assertThat(jar.getEntry("META-INF/LICENSE")).isNotNull();
      assertThat(jar.getEntry("META-INF/licenses/protobuf.txt")).isNotNull();
      for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
        if (entry.getName().endsWith(".class")) {
          assertThat(version(jar.getInputStream(entry))).as(entry.getName()).isLessThanOrEqualTo(JAVA_11);
        }
      }
    }
  }

  private static int version(InputStream classFile) throws IOException {
    try (DataInputStream in = new DataInputStream(classFile)) {
      assertThat(in.readInt()).isEqualTo(0xCAFEBABE);
      return in.readInt() & 0xffff;
    }
  }

  /** Sees the jar and the JDK, and nothing of the tests' own class path. */
  private static URLClassLoader alone() throws IOException {
    return new URLClassLoader(new URL[] {JAR.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
  }

  private static Driver driver(ClassLoader loader) {
    List<Driver> drivers = new ArrayList<>();
    ServiceLoader.load(Driver.class, loader).forEach(drivers::add);
    assertThat(drivers).extracting(each -> each.getClass().getName())
        .contains("dev.sextant.jdbc.SextantDriver")
        .noneMatch(
            name -> name.contains("avatica"));
    return drivers.stream().filter(each -> loader.equals(each.getClass().getClassLoader())).findFirst().orElseThrow();
  }

  @Test
  void itWorksAlone() throws Exception {
    try (URLClassLoader loader = alone(); FakeServer server = new FakeServer()) {
      Driver driver = driver(loader);
      server.answer((asked, reply) -> reply.arrow(asked.isPrepare() ? Tables.noNumbers() : Tables.numbers(10_000)));
      Connection connection = connect(driver, server.url());
      try (Statement statement = connection.createStatement(); PreparedStatement prepared = connection.prepareStatement("x")) {
        assertThat(count(statement.executeQuery("x"))).isEqualTo(10_000);
        assertThat(count(prepared.executeQuery())).isEqualTo(10_000);
        server.answer((asked, reply) -> reply.error(400, "42000", "No."));
        assertThatThrownBy(() -> statement.executeQuery("x")).isInstanceOf(SQLSyntaxErrorException.class);
        assertThatThrownBy(prepared::executeQuery).isInstanceOf(SQLSyntaxErrorException.class);
        assertThat(connection.isValid(2)).isTrue();
      }
      connection.close();
    }
  }

  @Test
  void itsMetadataWorksAlone() throws Exception {
    try (URLClassLoader loader = alone(); FakeServer server = new FakeServer()) {
      server.answer(new FakeCatalog());
      Connection connection = connect(driver(loader), server.url());
      DatabaseMetaData metaData = connection.getMetaData();
      for (Method method : DatabaseMetaData.class.getMethods()) {
        if (!method.getName().matches("unwrap|isWrapperFor")) {
          Object answer = method.invoke(metaData, Arrays.stream(method.getParameterTypes()).map(DriverJarCheck::nothing).toArray());
          if (answer instanceof ResultSet rows) {
            assertThat(count(rows)).isNotNegative();
          }
        }
      }
      connection.close();
    }
  }

  private static Connection connect(Driver driver, String url) throws SQLException {
    return Objects.requireNonNull(driver.connect(url, new Properties()));
  }

  private static @Nullable Object nothing(Class<?> type) {
    return type.equals(boolean.class) ? (Object) false : type.equals(int.class) ? (Object) 1 : null;
  }

  private static int count(ResultSet rows) throws SQLException {
    int count = 0;
    while (rows.next()) {
      assertThat(rows.getObject(1)).isNotNull();
      count++;
    }
    rows.close();
    return count;
  }
}
