// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.script;

import dev.sextant.conformance.door.OpenProjects;
import java.nio.file.Path;

/** Rewrites the scripts whose path holds the given text with what comes of them now; git shows the change. */
public final class AcceptMain {

  private AcceptMain() {}

  public static void main(String[] args) {
    try (OpenProjects projects = new OpenProjects()) {
      ScriptFiles files = new ScriptFiles(new ScriptRunner(projects::named), true);
      for (Path file : ScriptFiles.find(args.length > 0 ? args[0] : "")) {
        ScriptOutcome outcome = files.run(file);
        System.out.println((outcome.passes() ? "ok      " : "FAILED  ") + file);
        System.out.print(outcome.report());
      }
    }
  }
}
