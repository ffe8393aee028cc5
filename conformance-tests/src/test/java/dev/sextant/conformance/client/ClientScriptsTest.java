// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.client;

import dev.sextant.conformance.door.ProjectFolders;
import dev.sextant.server.boot.SextantServer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients on Node.js and Python work unchanged against a server over the web shop. */
class ClientScriptsTest {
  @TempDir private static Path folder;
  private static SextantServer server;

  @BeforeAll
  static void start() throws Exception {
    server = SextantServer.start(ProjectFolders.copy("retail", folder), new LinkedHashMap<>(),
        config -> config.withHost("127.0.0.1").withHttpPort(0).withFlightPort(0));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String url() {
    return "http://127.0.0.1:" + server.httpPort();
  }

  @Test
  void cubesOwnClientLoadsPivotsComparesAndDrillsDown() throws Exception {
    Scripts.node("cube.mjs", url());
  }

  @Test
  void graphqlHttpAuditsTheDoorsAndGraphqlRequestAsksThem() throws Exception {
    Scripts.node("graphql.mjs", url());
  }

  @Test
  void dbtsInterfaceCreatesPollsAndPages() throws Exception {
    Scripts.node("dbt.mjs", url());
  }

  @Test
  void dbtsOwnSdkReadsTheCatalogAndQueries() throws Exception {
    Scripts.python("dbt.py", url());
  }

  @Test
  void theFlightSqlClientOfNpmAsksAndLists() throws Exception {
    Scripts.node("flight.mjs", url(), flightPort());
  }

  @Test
  void pyarrowAsksPreparesBindsListsAndCancels() throws Exception {
    Scripts.python("flight.py", url(), flightPort());
  }

  private static String flightPort() throws Exception {
    return String.valueOf(server.flightPort().get(60, TimeUnit.SECONDS));
  }
}
