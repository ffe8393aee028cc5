// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cli;

import dev.sextant.activation.DryRun;
import dev.sextant.activation.Run;
import dev.sextant.activation.RunKind;
import dev.sextant.activation.Scope;
import dev.sextant.activation.schedule.Activations;
import dev.sextant.server.boot.OpenProject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code sextant run}: runs a sync or the like now, and waits for its end. */
@Command(name = "run", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Runs a sync, an export or the like now and waits for its end.")
final class RunCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private ProjectArgument project = new ProjectArgument();

  @Parameters(index = "1", paramLabel = "KIND", description = "sync, export, training-set, drift and others.",
      converter = KindConverter.class) private RunKind kind = RunKind.SYNC;

  @Parameters(index = "2", paramLabel = "NAME", description = "Its name in the model.") private String name = "";

  @Option(names = "--dry-run", description = "Only show what would be sent.") private boolean dry;

  @Option(names = "--row", paramLabel = "KEY",
      description = "Send the row with this key, changed or not; several times for several.") private List<String> rows = List.of();

  @Option(names = "--replay", paramLabel = "RUN",
      description = "Send the rows again that this run could not deliver.") private @Nullable String replay;

  @Option(names = "--all", description = "Do everything again, whatever is known to be there.") private boolean all;

  @Override
  public Integer call() {
    try (OpenProject open = project.open()) {
      Run.Target target = new Run.Target(kind, name);
      if (dry) {
        print(open.activations().dryRun(target));
        return ExitCode.OK;
      }
      Run run = open.activations().run(target, scope(open.activations()));
      System.out.println(target + ": " + run.state().label() + " (run " + run.id() + ")");
      counters(run.report().counters());
      run.report().problem().ifPresent(problem -> System.err.println(problem.code() + ": " + problem.message()));
      if (run.report().count("rejected") > 0) {
        System.out.println("The rejected rows: sextant runs " + project.folder() + " --rejects " + run.id());
      }
      return run.state().isSuccess() ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  private Scope scope(Activations activations) {
    if (Stream.of(!rows.isEmpty(), replay != null, all).filter(given -> given).count() > 1) {
      throw new ParameterException(spec.commandLine(), "--row, --replay and --all do not go together.");
    }
    return all ? Scope.ALL : replay != null ? activations.rejectsOf(replay) : rows.isEmpty() ? Scope.CHANGES : new Scope.Rows(rows);
  }

  private static void print(DryRun dry) {
    counters(dry.counters());
    TextTable.print(List.of("operation", "key", "fields"),
        dry.samples().stream().map(sample -> List.of(sample.operation(), sample.key(), sample.fields())).toList());
    if (!dry.rejects().isEmpty()) {
      System.out.println("Would be rejected, among others:");
      TextTable.print(List.of("key", "code", "message"),
          dry.rejects().stream().map(reject -> List.of(reject.key(), reject.code(), reject.message())).toList());
    }
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
