// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.ops;

/** What log lines look like. */
public enum LogForm {
  /** For people. */
  TEXT,
  /** One JSON object a line. */
  JSON
}
