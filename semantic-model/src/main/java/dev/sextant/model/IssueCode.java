// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

/** A stable error code, such as {@code UNKNOWN_METRIC}; codes are never renamed. */
public interface IssueCode {

  /** The code as doors print it. */
  String name();

  /** Who is at fault. */
  ErrorKind kind();
}
