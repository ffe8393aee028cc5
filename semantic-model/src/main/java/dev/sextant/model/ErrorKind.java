// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

/** Who is at fault and what a door should answer; every {@link IssueCode} has one kind. */
public enum ErrorKind {
  /** The asker's mistake: a name, a type, a question without a safe answer. */
  USER,
  /** A definition file is wrong. */
  MODEL,
  /** The thing asked for does not exist. */
  NOT_FOUND,
  /** The caller may not see it. */
  DENIED,
  /** The statement or feature is not supported. */
  UNSUPPORTED,
  /** Too many queries wait; try again later. */
  BUSY,
  /** The deadline passed. */
  TIMEOUT,
  /** The caller or an operator cancelled it. */
  CANCELLED,
  /** The warehouse or another upstream system failed. */
  UPSTREAM,
  /** Our own fault. */
  BUG
}
