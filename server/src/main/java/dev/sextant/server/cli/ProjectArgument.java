// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cli;

import dev.sextant.model.SextantException;
import dev.sextant.server.boot.OpenProject;
import java.nio.file.Path;
import java.time.InstantSource;
import picocli.CommandLine.Parameters;

/** The project a command works on. */
final class ProjectArgument {

  @Parameters(index = "0", paramLabel = "PROJECT", description = "The project's folder.") private Path folder = Path.of(".");

  Path folder() {
    return folder;
  }

  OpenProject open() {
    return open(folder);
  }

  static OpenProject open(Path folder) {
    try {
      return OpenProject.once(folder, System.getenv(), InstantSource.system());
    } catch (SextantException invalid) {
      throw new InvalidProject(folder, invalid.issues());
    }
  }
}
