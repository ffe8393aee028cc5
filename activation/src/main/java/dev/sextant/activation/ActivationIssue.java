// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation;

import dev.sextant.model.ErrorKind;
import dev.sextant.model.Issue;
import dev.sextant.model.IssueCode;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;

/** Everything that can go wrong with a run; the codes are stable. */
public enum ActivationIssue implements IssueCode {
  UNKNOWN_RUN(ErrorKind.NOT_FOUND),
  /** No rollup, sync or the like has this name. */
  UNKNOWN_ACTIVATION(ErrorKind.NOT_FOUND),
  /** No row has this key. */
  UNKNOWN_KEY(ErrorKind.NOT_FOUND),
  /** A run of the same target has not ended. */
  ALREADY_RUNNING(ErrorKind.BUSY), RUN_CANCELLED(ErrorKind.CANCELLED),
  /** Somebody else took the run over, because this server was silent for too long. */
  RUN_LOST(ErrorKind.UPSTREAM), RUN_FAILED(ErrorKind.UPSTREAM), RUN_STORE(ErrorKind.UPSTREAM),
  /** A destination's settings are wrong or incomplete. */
  DESTINATION_CONFIG(ErrorKind.MODEL),
  /** The destination cannot be reached. */
  DESTINATION_UNREACHABLE(ErrorKind.UPSTREAM),
  /** The destination does not accept the credentials. */
  DESTINATION_DENIED(ErrorKind.UPSTREAM),
  /** The destination refused everything or answered what its contract does not know. */
  DESTINATION_REFUSED(ErrorKind.UPSTREAM),
  /** A training set's settings are wrong. */
  TRAINING_CONFIG(ErrorKind.MODEL),
  /** The rows of a training set do not pass its checks; nothing was published. */
  CHECK_FAILED(ErrorKind.USER),
  /** An export's files are not what its manifest says, or are not there. */
  EXPORT_BROKEN(ErrorKind.USER),
  /** Values are distributed otherwise than when the training set was exported. */
  DRIFT(ErrorKind.USER),
  /** A guard found that too much would be removed or that nothing came. */
  GUARD(ErrorKind.USER);

  private final ErrorKind kind;

  ActivationIssue(ErrorKind kind) {
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
