// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.schedule;

import dev.sextant.activation.Run;
import dev.sextant.activation.RunKind;
import dev.sextant.activation.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A process of a project, to be killed: {@code folder run KIND NAME}, or {@code folder serve}. */
public final class RunProcess {
  private RunProcess() {}

  public static void main(String[] arguments) throws InterruptedException {
    Path folder = Path.of(arguments[0]);
    TestProject.Open open = TestProject.open(folder);
    if (arguments[1].equals("serve")) {
      Watch.start(open.activations(), () -> open.model().calendar().zone());
      new CountDownLatch(1).await();
    }
    Run run = open.activations().run(new Run.Target(RunKind.named(arguments[2]).orElseThrow(), arguments[3]), Scope.CHANGES);
    System.out.println(run.state() + " " + run.report());
    Runtime.getRuntime().halt(run.state().isSuccess() ? 0 : 1);
  }

  /** Starts one; its output goes to a file beside the project. */
  public static Process start(Path folder, Map<String, String> environment, String... what) throws IOException {
    ProcessBuilder process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "--add-opens=java.base/java.nio=ALL-UNNAMED",
        "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), RunProcess.class.getName(), folder.toString());
    process.command().addAll(java.util.List.of(what));
    process.environment().putAll(environment);
    return process.redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("process.log").toFile()))
        .start();
  }
}
