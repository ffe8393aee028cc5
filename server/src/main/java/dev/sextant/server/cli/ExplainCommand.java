// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cli;

import dev.sextant.query.Caller;
import dev.sextant.server.boot.OpenProject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sextant explain}: tells every stage of an answer. */
@Command(name = "explain", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Tells how a question would be answered: what its names mean, the plan, rollups, SQL.")
final class ExplainCommand implements Callable<Integer> {

  @Mixin private ProjectArgument project = new ProjectArgument();

  @Mixin private QueryOptions options = new QueryOptions();

  @Override
  public Integer call() {
    try (OpenProject open = project.open()) {
      System.out.print(open.engine().explain(options.query(), Caller.ANONYMOUS));
    }
    return ExitCode.OK;
  }
}
