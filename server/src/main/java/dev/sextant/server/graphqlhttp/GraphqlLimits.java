// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.graphqlhttp;

/**
 * How far one request may go: nesting, fields with fragments spread, aliases, questions to the warehouse, and rows of one answer; and how
 * many characters of persisted documents are kept.
 */
public record GraphqlLimits(int depth, int introspectionDepth, int fields, int aliases, int queries, long rows, long persisted) {
  public static final GraphqlLimits DEFAULT = new GraphqlLimits(12, 25, 5_000, 100, 50, 100_000, 8 << 20);
}
