// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

/**
 * Where in its text an expression node stands, as offsets {@code [start, end)}. All spans are equal to each other, so that expressions
 * compare by what they mean and not by where they were written.
 */
public record Span(int start, int end) {

  /** The span of nodes that no text holds. */
  public static final Span NONE = new Span(0, 0);

  @Override
  public boolean equals(Object other) {
    return other instanceof Span;
  }

  @Override
  public int hashCode() {
    return 0;
  }
}
