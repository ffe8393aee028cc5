// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation;

import dev.sextant.model.ErrorKind;
import dev.sextant.model.Issue;
import dev.sextant.model.IssueCode;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;

/** Everything that can go wrong with features that are stored and served; the codes are stable. */
public enum FeatureIssue implements IssueCode {
  UNKNOWN_FEATURE_VIEW(ErrorKind.NOT_FOUND), UNKNOWN_FEATURE(ErrorKind.USER), UNKNOWN_FEATURE_VERSION(ErrorKind.NOT_FOUND),
  /** A key lacks a part, has one too many, or one of another type. */
  INVALID_KEY(ErrorKind.USER), TOO_MANY_KEYS(ErrorKind.USER),
  /** A pushed value does not fit its feature. */
  INVALID_FEATURE_VALUE(ErrorKind.USER),
  /** The view is defined, but no run of it has ended yet. */
  NOT_MATERIALIZED(ErrorKind.BUSY),
  /** The view has no {@code online} part. */
  NOT_ONLINE(ErrorKind.USER),
  /** What is stored cannot be shown to this caller without looking at rows it must not see. */
  FEATURES_DENIED(ErrorKind.DENIED),
  /** A feature's values are of a type that no store keeps. */
  FEATURE_TYPE(ErrorKind.MODEL),
  /** The online store's settings are wrong. */
  ONLINE_STORE_CONFIG(ErrorKind.MODEL),
  /** The online store cannot be opened or reached. */
  ONLINE_STORE(ErrorKind.UPSTREAM);

  private final ErrorKind kind;

  FeatureIssue(ErrorKind kind) {
    this.kind = kind;
  }

  @Override
  public ErrorKind kind() {
    return kind;
  }

  public SextantException because(String message) {
    return new SextantException(Issue.of(this, Position.NOWHERE, message));
  }

  public SextantException because(String message, Throwable cause) {
    return new SextantException(Issue.of(this, Position.NOWHERE, message), cause);
  }
}
