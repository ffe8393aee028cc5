// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation;

import java.time.Duration;
import java.util.Optional;

/** A batch that was not delivered. */
public final class DeliveryFailure extends Exception {
  private static final long serialVersionUID = 1;

  /** What to do about it. */
  public enum Advice {
    /** The trouble may pass: network, 5xx, 408. */
    RETRY,
    /** Too many requests: wait, which costs no attempt. */
    WAIT,
    /** Something in the batch is wrong: try its halves. */
    SPLIT,
    /** Nothing will be accepted, such as after a refused credential. */
    GIVE_UP
  }

  private final Advice advice;
  private final int status;
  private final String code;
  private final transient Optional<Duration> after;

  public DeliveryFailure(Advice advice, int status, String code, String message, Optional<Duration> after) {
    super(message);
    this.advice = advice;
    this.status = status;
    this.code = code;
    this.after = after;
  }

  /** What happened, as a sentence. */
  public String words() {
    return String.valueOf(getMessage());
  }

  public Advice advice() {
    return advice;
  }

  /** The HTTP status, or 0. */
  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  /** How long the provider asks to wait. */
  public Optional<Duration> after() {
    return after;
  }
}
