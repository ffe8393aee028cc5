// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cli;

import dev.sextant.server.boot.OpenProject;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sextant query}: asks one question and prints the answer. */
@Command(name = "query", mixinStandardHelpOptions = true, sortOptions = false, description = "Asks a question and prints the answer.")
final class QueryCommand implements Callable<Integer> {

  @Mixin private ProjectArgument project = new ProjectArgument();

  @Mixin private QueryOptions options = new QueryOptions();

  @Option(names = "--format", paramLabel = "FORMAT",
      description = "table (default), csv, json, ndjson or arrow.") private OutputFormat format = OutputFormat.TABLE;

  @Option(names = "--timeout", paramLabel = "TIME", converter = QueryOptions.DurationConverter.class,
      description = "How long it may take, such as 30s.") private @Nullable Duration timeout;

  @Override
  public Integer call() throws IOException {
    try (OpenProject open = project.open(); OutputStream out = new BufferedOutputStream(new UnclosedOutput(System.out), 64 << 10)) {
      new Questioner(open, out).ask(options.query(), format, Optional.ofNullable(timeout));
    }
    return ExitCode.OK;
  }
}
