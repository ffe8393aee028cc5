// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.training;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The commit a project's folder is at, and whether its files differ from it; nothing where there is no git or none is used. */
record GitState(String commit, boolean dirty) {
  private static final long PATIENCE_SECONDS = 10;

  static GitState of(Path folder) {
    return git(folder, "rev-parse", "HEAD").map(commit -> new GitState(commit,
        git(folder, "status", "--porcelain", "--", ".").filter(changes -> !changes.isEmpty()).isPresent()))
        .orElse(new GitState("", false));
  }

  private static Optional<String> git(Path folder, String... arguments) {
    String[] command = new String[arguments.length + 1];
    command[0] = "git";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    try {
      Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
      return ended ? Optional.of(output) : Optional.empty();
    } catch (IOException missing) {
      return Optional.empty();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
