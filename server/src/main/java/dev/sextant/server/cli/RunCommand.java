// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cli;

import dev.sextant.activation.Run;
import dev.sextant.activation.RunKind;
import dev.sextant.activation.schedule.DryRun;
import dev.sextant.server.boot.OpenProject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code sextant run}: runs a sync or the like now, and waits for its end. */
@Command(name = "run", mixinStandardHelpOptions = true, sortOptions = false, description = "Runs a sync now and waits for its end.")
final class RunCommand implements Callable<Integer> {

  @Mixin private ProjectArgument project = new ProjectArgument();

  @Parameters(index = "1", paramLabel = "KIND", description = "sync.", converter = KindConverter.class) private RunKind kind = RunKind.SYNC;

  @Parameters(index = "2", paramLabel = "NAME", description = "Its name in the model.") private String name = "";

  @Option(names = "--dry-run", description = "Only show what would be sent.") private boolean dry;

  @Override
  public Integer call() {
    try (OpenProject open = project.open()) {
      Run.Target target = new Run.Target(kind, name);
      if (dry) {
        print(open.activations().dryRun(target));
        return ExitCode.OK;
      }
      Run run = open.activations().run(target);
      System.out.println(target + ": " + run.state().label() + " (run " + run.id() + ")");
      counters(run.report().counters());
      run.report().problem().ifPresent(problem -> System.err.println(problem.code() + ": " + problem.message()));
      if (run.report().count("rejected") > 0) {
        System.out.println("The rejected rows: sextant runs " + project.folder() + " --rejects " + run.id());
      }
      return run.state().isSuccess() ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  private static void print(DryRun dry) {
    counters(dry.counters());
    TextTable.print(List.of("operation", "key", "fields"),
        dry.samples().stream().map(sample -> List.of(sample.operation(), sample.key(), sample.fields())).toList());
  }

  private static void counters(Map<String, Long> counters) {
    counters.forEach((counter, count) -> System.out.printf("%12d %s%n", count, counter.replace('_', ' ')));
  }

  /** Reads kinds as people write them. */
  static final class KindConverter implements ITypeConverter<RunKind> {
    @Override
    public RunKind convert(String text) {
      return RunKind.named(text)
          .orElseThrow(() -> new TypeConversionException("'" + text + "' is no kind; kinds are " + List.of(RunKind.values())
              .stream()
              .map(RunKind::label)
              .toList()));
    }
  }
}
