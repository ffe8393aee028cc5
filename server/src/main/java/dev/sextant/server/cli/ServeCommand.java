// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cli;

import dev.sextant.model.SextantException;
import dev.sextant.server.ServerConfig;
import dev.sextant.server.boot.SextantServer;
import dev.sextant.server.error.ServerIssue;
import dev.sextant.server.ops.LogForm;
import dev.sextant.server.ops.Logs;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sextant serve}: answers questions until it is stopped. */
@Command(name = "serve", mixinStandardHelpOptions = true, sortOptions = false, description = "Serves a project until it is stopped.")
final class ServeCommand implements Callable<Integer> {

  @Mixin private ProjectArgument project = new ProjectArgument();

  @Option(names = "--host", paramLabel = "HOST", description = "The address to listen on; all by default.") private @Nullable String host;

  @Option(names = "--http", paramLabel = "PORT",
      description = "The HTTP port; 8080 unless the project says otherwise, 0 for any free one.") private @Nullable Integer http;

  @Option(names = "--flight", paramLabel = "PORT",
      description = "The Arrow Flight SQL port; 8815 unless the project says otherwise.") private @Nullable Integer flight;

  @Option(names = "--log", paramLabel = "FORM", description = "text (default) or json.") private LogForm log = LogForm.TEXT;

  @Override
  public Integer call() throws InterruptedException {
    Logs.use(log);
    SextantServer server = start();
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
      server.close();
      stopped.countDown();
    }, "stop"));
    stopped.await();
    return ExitCode.OK;
  }

  private SextantServer start() {
    try {
      return SextantServer.start(project.folder(), System.getenv(), this::changed);
    } catch (SextantException failure) {
      throw failure.issue().code() instanceof ServerIssue ? failure : new InvalidProject(project.folder(), failure.issues());
    }
  }

  private ServerConfig changed(ServerConfig config) {
    ServerConfig hosted = host == null ? config : config.withHost(host);
    ServerConfig withHttp = http == null ? hosted : hosted.withHttpPort(http);
    return flight == null ? withHttp : withHttp.withFlightPort(flight);
  }
}
