// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cli;

import dev.sextant.model.Issue;
import dev.sextant.model.SextantException;
import java.util.List;

/** Says that a project cannot be served as it is. */
final class InvalidProject extends SextantException {
  private static final long serialVersionUID = 1;

  InvalidProject(List<Issue> issues) {
    super(issues);
  }
}
