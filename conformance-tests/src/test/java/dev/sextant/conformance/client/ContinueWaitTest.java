// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.client;

import dev.sextant.conformance.door.ProjectFolders;
import dev.sextant.query.Caller;
import dev.sextant.query.Explanation;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryEngine;
import dev.sextant.query.QueryResult;
import dev.sextant.server.Backend;
import dev.sextant.server.HttpMount;
import dev.sextant.server.ServerConfig;
import dev.sextant.server.boot.OpenProject;
import dev.sextant.server.cube.CubeApi;
import dev.sextant.server.http.HttpDoor;
import dev.sextant.server.ops.Operations;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cube's own client waits for a query that is answered only when it has asked three times. */
class ContinueWaitTest {
  private static final Duration WAIT = Duration.ofMillis(20);

  private final CountDownLatch asked = new CountDownLatch(3);

  @Test
  void cubesOwnClientAsksAgainUntilTheAnswerIsThere(@TempDir Path folder) throws Exception {
    InstantSource clock = InstantSource.system();
    try (OpenProject project = OpenProject.once(ProjectFolders.copy("shop", folder), Map.of(), clock);
        Operations operations = Operations.start(clock)) {
      List<HttpMount> mounts = CubeApi.mounts(slow(project), operations, () -> ServerConfig.DEFAULT, clock, WAIT);
      HttpDoor door = new HttpDoor(project, operations, clock, mounts.stream().<HttpMount>map(this::counted).toList());
      door.open(() -> ServerConfig.DEFAULT.withHost("127.0.0.1").withHttpPort(0));
      try {
        Scripts.node("cube-wait.mjs", "http://127.0.0.1:" + door.port());
      } finally {
        door.close();
      }
    }
  }

  /** The project, but its metric queries wait until enough has been asked. */
  private Backend slow(Backend project) {
    return (Backend) Proxy.newProxyInstance(Backend.class.getClassLoader(), new Class<?>[] {Backend.class},
        (any, method, arguments) -> method
            .getName()
            .equals("engine") ? new SlowEngine(project.engine(), asked) : method.invoke(project, arguments));
  }

  /** The mount, telling how often it was asked. */
  private HttpMount counted(HttpMount mount) {
    return new HttpMount() {
      @Override
      public String path() {
        return mount.path();
      }

      @Override
      public Reply answer(Ask ask) throws java.io.IOException {
        asked.countDown();
        return mount.answer(ask);
      }
    };
  }

  /** An engine that begins no query before it may. */
  private record SlowEngine(QueryEngine engine, CountDownLatch may) implements QueryEngine {
    @Override
    public QueryResult run(MetricQuery query, Caller caller, QueryControl control) {
      try {
        may.await();
      } catch (InterruptedException stopped) {
        throw new IllegalStateException(stopped);
      }
      return engine.run(query, caller, control);
    }

    @Override
    public Explanation explain(MetricQuery query, Caller caller) {
      return engine.explain(query, caller);
    }
  }
}
