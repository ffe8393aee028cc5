// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.expr;

import java.util.List;

/** Carries a fault from where it is seen to {@link ExprParser}, which knows the file. */
final class SyntaxError extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int offset;
  private final transient List<String> suggestions;

  SyntaxError(int offset, String message) {
    this(offset, message, List.of());
  }

  SyntaxError(int offset, String message, List<String> suggestions) {
    super(message, null, false, false);
    this.offset = offset;
    this.suggestions = suggestions;
  }

  int offset() {
    return offset;
  }

  List<String> suggestions() {
    return suggestions;
  }
}
