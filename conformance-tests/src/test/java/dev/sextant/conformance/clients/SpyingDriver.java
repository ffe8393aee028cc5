// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.clients;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Stands before any other driver under {@code jdbc:spy:URL}, and notes what is called of java.sql and what of it throws. */
final class SpyingDriver implements Driver {
  private static final String PREFIX = "jdbc:spy:";

  private final Set<String> calls = new ConcurrentSkipListSet<>();
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final List<String> statements = new CopyOnWriteArrayList<>();

  /** Every method that was called, such as {@code DatabaseMetaData.getTables}. */
  Set<String> calls() {
    return calls;
  }

  /** What was thrown, and by what. */
  List<String> failures() {
    return failures;
  }

  /** The SQL that was prepared or run. */
  List<String> statements() {
    return statements;
  }

  long metadataCalls() {
    return calls.stream().filter(call -> call.startsWith("DatabaseMetaData.")).count();
  }

  String spied(String url) {
    return PREFIX + url;
  }

  /** A source of connections that are spied on, once this is registered. */
  DataSource dataSource(String url) {
    return new DriverManagerDataSource(spied(url));
  }

  @Override
  public @Nullable Connection connect(String url, Properties properties) throws SQLException {
    return acceptsURL(url) ? spy(Connection.class, DriverManager.getConnection(url.substring(PREFIX.length()), properties)) : null;
  }

  private <T> T spy(Class<T> type, Object real) {
    return type.cast(Proxy.newProxyInstance(SpyingDriver.class.getClassLoader(), new Class<?>[] {type},
        (proxy, method, arguments) -> call(type, real, method, arguments)));
  }

  private @Nullable Object call(Class<?> type, Object real, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    String name = type.getSimpleName() + "." + method.getName();
    calls.add(name);
    if (arguments != null && (method.getName().startsWith("prepare") || method.getName().startsWith("execute"))) {
      Stream.of(arguments).filter(String.class::isInstance).findFirst().ifPresent(sql -> statements.add(String.valueOf(sql)));
    }
    try {
      Object answer = method.invoke(real, arguments);
      boolean spied = answer != null && method.getReturnType().isInterface() && method.getReturnType().getPackageName().equals("java.sql");
      return spied ? spy(method.getReturnType(), answer) : answer;
    } catch (InvocationTargetException thrown) {
      failures.add(name + " " + thrown.getCause());
      throw thrown.getCause();
    }
  }

  @Override
  public boolean acceptsURL(String url) {
    return url.startsWith(PREFIX);
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) {
    return new DriverPropertyInfo[0];
  }

  @Override
  public int getMajorVersion() {
    return 1;
  }

  @Override
  public int getMinorVersion() {
    return 0;
  }

  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getGlobal();
  }
}
