// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

import java.util.List;

/** What came of reading a project: a model, or everything that is wrong with it. */
public sealed interface ModelResult {

  /** A model that may be served. */
  record Valid(SemanticModel model, List<Issue> warnings) implements ModelResult {
    public Valid {
      warnings = List.copyOf(warnings);
    }
  }

  /** All issues, ordered by file and line. */
  record Invalid(List<Issue> issues) implements ModelResult {
    public Invalid {
      issues = List.copyOf(issues);
    }
  }
}
