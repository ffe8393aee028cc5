// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cli;

import dev.sextant.model.Issue;
import dev.sextant.model.SextantException;
import dev.sextant.model.load.IssuePrinter;
import java.nio.file.Path;
import java.util.List;

/** Says that a project cannot be served as it is. */
final class InvalidProject extends SextantException {
  private static final long serialVersionUID = 1;

  private final transient Path folder;

  InvalidProject(Path folder, List<Issue> issues) {
    super(issues);
    this.folder = folder;
  }

  /** The issues with their lines and carets. */
  String text() {
    return new IssuePrinter(folder).text(issues());
  }
}
