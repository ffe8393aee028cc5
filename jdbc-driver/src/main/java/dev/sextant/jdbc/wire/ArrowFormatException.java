// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.wire;

import java.io.IOException;

/** What came is no Arrow stream, or holds what this reader cannot read; one that merely breaks off is an {@link java.io.EOFException}. */
public final class ArrowFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  public ArrowFormatException(String message) {
    super(message);
  }
}
