// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.DriverVersion;

/** Which version this is; the build writes it down. */
final class Versions {
  static final String DRIVER_NAME = "Sextant JDBC Driver";
  static final String PRODUCT_NAME = "Sextant";
  private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+).*");

  private Versions() {}

  static DriverVersion driver() {
    String version = read();
    return new DriverVersion(DRIVER_NAME, version, PRODUCT_NAME, version, false, major(version), minor(version), major(version),
        minor(version));
  }

  private static String read() {
    try (InputStream in = Versions.class.getResourceAsStream("version.properties")) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version", "0.0");
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static int major(String version) {
    return number(version, 1);
  }

  static int minor(String version) {
    return number(version, 2);
  }

  private static int number(String version, int group) {
    Matcher matcher = NUMBERS.matcher(version);
    return matcher.matches() ? Integer.parseInt(matcher.group(group)) : 0;
  }
}
