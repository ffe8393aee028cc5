// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

/** Everything that can be wrong with a project; the codes are stable. */
public enum ModelIssue implements IssueCode {
  /** The folder holds nothing that could be loaded. */
  NOT_A_PROJECT,
  /** A file cannot be read, or is not UTF-8. */
  UNREADABLE_FILE,
  /** Text that is not YAML. */
  INVALID_YAML,
  /** A document beyond the limits of size, depth or alias expansion. */
  TOO_LARGE,
  /** The same key twice in one mapping. */
  DUPLICATE_KEY,
  /** A key nobody reads. */
  UNKNOWN_KEY,
  /** A key that must be there and is not. */
  MISSING_KEY,
  /** A list where a text is expected, and the like. */
  WRONG_KIND,
  /** A value that is not among the allowed ones, or out of range. */
  INVALID_VALUE,
  /** An environment variable that is not set. */
  MISSING_VARIABLE,
  /** Two keys that exclude each other. */
  CONFLICTING_KEYS,
  /** Text that is not an expression of the language; it also meets who writes a filter in a query. */
  INVALID_EXPRESSION(ErrorKind.USER),
  /** An aggregate function where only row values may stand. */
  AGGREGATE_IN_EXPRESSION,
  /** A name that does not follow the rules for names. */
  INVALID_NAME,
  /** A name that means something else already, such as a grain. */
  RESERVED_NAME,
  /** The same name twice where one thing is meant. */
  DUPLICATE_NAME, UNKNOWN_WAREHOUSE, UNKNOWN_DESTINATION, UNKNOWN_DATASET, UNKNOWN_ENTITY, UNKNOWN_DIMENSION, UNKNOWN_MEASURE,
  UNKNOWN_METRIC, UNKNOWN_VIEW, UNKNOWN_FEATURE, UNKNOWN_GRAIN, UNKNOWN_NAME,
  /** A metric that needs itself. */
  METRIC_CYCLE,
  /** A metric whose parts do not fit its kind. */
  INVALID_METRIC,
  /** A measure whose settings do not fit its aggregation. */
  INVALID_MEASURE,
  /** A dataset whose keys contradict each other. */
  INVALID_ENTITY,
  /** A dimension that contradicts another of the same name. */
  INVALID_DIMENSION,
  /** Validity columns that do not make a slowly changing dataset. */
  INVALID_VALIDITY,
  /** Time spines that contradict each other. */
  INVALID_TIME_SPINE,
  /** Several paths lead to what a definition names. */
  AMBIGUOUS_PATH,
  /** No path leads to what a definition names. */
  NO_PATH,
  /** A definition that is allowed and probably not meant. */
  SUSPICIOUS;

  private final ErrorKind kind;

  ModelIssue() {
    this(ErrorKind.MODEL);
  }

  ModelIssue(ErrorKind kind) {
    this.kind = kind;
  }

  @Override
  public ErrorKind kind() {
    return kind;
  }
}
