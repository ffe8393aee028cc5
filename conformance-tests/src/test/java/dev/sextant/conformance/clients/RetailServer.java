// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.clients;

import dev.sextant.conformance.door.OpenProject;
import dev.sextant.conformance.door.OpenProjects;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** The web shop behind its doors, started once for all clients and stopped with the JVM. */
final class RetailServer {
  private static final OpenProjects PROJECTS = new OpenProjects();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(PROJECTS::close, "close-projects"));
  }

  private RetailServer() {}

  static OpenProject project() {
    synchronized (PROJECTS) {
      return PROJECTS.named("retail");
    }
  }

  static String url() {
    return "jdbc:sextant://127.0.0.1:" + project().server().httpPort() + "/";
  }

  static Connection connect() throws SQLException {
    return DriverManager.getConnection(url());
  }
}
