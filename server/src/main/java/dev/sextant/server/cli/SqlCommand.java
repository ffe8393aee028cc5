// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cli;

import dev.sextant.query.SqlQuery;
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
import picocli.CommandLine.Parameters;

/** {@code sextant sql}: asks in semantic SQL and prints the answer. */
@Command(name = "sql", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Asks in SQL, where views and datasets are tables and metrics are columns.")
final class SqlCommand implements Callable<Integer> {

  @Mixin private ProjectArgument project = new ProjectArgument();

  @Parameters(index = "1", paramLabel = "STATEMENT",
      description = "Such as \"select country, measure(revenue) from sales group by 1\".") private String statement = "";

  @Option(names = "--format", paramLabel = "FORMAT",
      description = "table (default), csv, json, ndjson or arrow.") private OutputFormat format = OutputFormat.TABLE;

  @Option(names = "--timeout", paramLabel = "TIME", converter = QueryOptions.DurationConverter.class,
      description = "How long it may take, such as 30s.") private @Nullable Duration timeout;

  @Override
  public Integer call() throws IOException {
    try (OpenProject open = project.open(); OutputStream out = new BufferedOutputStream(new UnclosedOutput(System.out), 64 << 10)) {
      new Questioner(open, out).ask(SqlQuery.of(statement), format, Optional.ofNullable(timeout));
    }
    return ExitCode.OK;
  }
}
