// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc;

import dev.sextant.jdbc.http.ConnectionUrl;
import dev.sextant.jdbc.http.Setting;
import dev.sextant.jdbc.http.Settings;
import java.sql.Connection;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.logging.Logger;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaFactory;
import org.apache.calcite.avatica.DriverVersion;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.UnregisteredDriver;
import org.jspecify.annotations.Nullable;

/** Connects to Sextant servers: {@code jdbc:sextant://host:port/?token=..}. */
public final class SextantDriver extends UnregisteredDriver {

  static {
    new SextantDriver().register();
  }

  @Override
  protected AvaticaFactory createFactory() {
    return new SextantFactory();
  }

  @Override
  protected DriverVersion createDriverVersion() {
    return Versions.driver();
  }

  @Override
  protected String getConnectStringPrefix() {
    return ConnectionUrl.PREFIX;
  }

  @Override
  public Meta createMeta(AvaticaConnection connection) {
    return new SextantMeta((SextantConnection) connection);
  }

  @Override
  public @Nullable Connection connect(String url, @Nullable Properties info) throws SQLException {
    if (!acceptsURL(url)) {
      return null;
    }
    Settings settings = ConnectionUrl.read(url, info == null ? new Properties() : info);
    SextantConnection connection = new SextantConnection(this, factory, url, settings);
    connection.greet();
    return connection;
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(@Nullable String url, @Nullable Properties info) throws SQLException {
    Properties given = info == null ? new Properties() : info;
    Optional<Settings> settings = url == null || !acceptsURL(url) ? Optional.empty() : Optional.of(ConnectionUrl.read(url, given));
    List<DriverPropertyInfo> all = new ArrayList<>();
    for (Setting setting : Setting.values()) {
      String value = settings.flatMap(told -> told.text(setting)).orElse(given.getProperty(setting.key(), setting.otherwise()));
      DriverPropertyInfo property = new DriverPropertyInfo(setting.key(), value.isEmpty() ? null : value);
      property.description = setting.description();
      property.choices = setting.choices().isEmpty() ? null : setting.choices().toArray(new String[0]);
      all.add(property);
    }
    return all.toArray(new DriverPropertyInfo[0]);
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getLogger("dev.sextant.jdbc");
  }
}
