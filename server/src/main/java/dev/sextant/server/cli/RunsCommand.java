// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cli;

import dev.sextant.activation.ActivitySource.Erasure;
import dev.sextant.activation.Run;
import dev.sextant.activation.RunReport;
import dev.sextant.activation.RunStore;
import dev.sextant.server.boot.OpenProject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sextant runs}: shows what has run and what was rejected. */
@Command(name = "runs", mixinStandardHelpOptions = true, sortOptions = false, description = "Shows what has run, the newest first.")
final class RunsCommand implements Callable<Integer> {
  private static final int LONGEST = 200;

  @Mixin private ProjectArgument project = new ProjectArgument();

  @Option(names = "--limit", paramLabel = "RUNS", description = "How many at most; 20 by default.") private int limit = 20;

  @Option(names = "--rejects", paramLabel = "RUN",
      description = "Show the rows that a run could not deliver.") private @Nullable String run;

  @Override
  public Integer call() {
    try (OpenProject open = project.open()) {
      RunStore runs = open.activations().runs();
      if (run != null) {
        TextTable.print(List.of("key", "operation", "status", "code", "message"), runs.rejects(open.activations().find(run).id(), limit)
            .stream()
            .map(reject -> List.of(reject.key(), reject.operation(), String.valueOf(reject.status()), reject.code(), reject.message()))
            .toList());
      } else {
        TextTable.print(List.of("run", "what", "state", "trigger", "why", "started", "took", "report"),
            runs.list(Optional.empty(), limit).stream().map(RunsCommand::row).toList());
      }
    }
    return ExitCode.OK;
  }

  private static List<String> row(Run run) {
    String took = run.startedAt()
        .flatMap(started -> run.endedAt().map(ended -> Duration.between(started, ended).toMillis() + " ms"))
        .orElse("");
    return List.of(run.id(), run.target().toString(), run.state().label(), run.wanted().trigger().name().toLowerCase(java.util.Locale.ROOT),
        run.wanted().reason(),
        run.startedAt().map(String::valueOf).orElse(""), took, report(run.report()));
  }

  private static String report(RunReport report) {
    return report.problem()
        .map(problem -> problem.message().replaceAll("\\s+", " "))
        .map(text -> text.length() > LONGEST ? text.substring(0, LONGEST) + ".." : text)
        .orElseGet(() -> report.counters()
            .entrySet()
            .stream()
            .map(counter -> counter.getKey() + " " + counter.getValue())
            .collect(Collectors.joining(", ")));
  }

  /** {@code sextant erase}: forgets what is remembered of an entity. */
  @Command(name = "erase", mixinStandardHelpOptions = true, sortOptions = false,
      description = "Forgets what runs remember of an entity: sync state, rejected rows, online features and local rollups.")
  static final class EraseCommand implements Callable<Integer> {

    @Mixin private ProjectArgument project = new ProjectArgument();

    @Parameters(index = "1", paramLabel = "ENTITY",
        description = "The entity's name in the model, such as customer.") private String entity = "";

    @Parameters(index = "2..*", arity = "1..*", paramLabel = "KEY",
        description = "Its key; several parts for a composite one.") private List<String> key = List.of();

    @Override
    public Integer call() {
      try (OpenProject open = project.open()) {
        List<String> gone = open.activations().erase(new Erasure(entity, key));
        gone.forEach(System.out::println);
        System.out.println(gone.isEmpty() ? "Nothing remembers the entity '" + entity + "'." : "Erased; the audit log has a line of it.");
      }
      return ExitCode.OK;
    }
  }
}
