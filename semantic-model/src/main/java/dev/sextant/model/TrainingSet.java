// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A point-in-time export of features for labelled (entity, instant) rows; {@code schedule} says when it is made, {@code drift} when features as of now
 * are compared with the newest one.
 */
public record TrainingSet(
    String name,
    Spine spine,
    List<String> features,
    Optional<Split> split,
    List<Check> checks,
    String format,
    Sync.Schedule schedule,
    Sync.Schedule drift,
    Documentation documentation,
    Position position) {

  /** The rows to find features for. */
  public record Spine(Source source, String warehouse, List<String> entities, String at, Optional<String> label) {
    public Spine {
      entities = List.copyOf(entities);
    }
  }

  /** How rows are split: by time with two last days, or at random with shares and a seed, as {@code settings} say. */
  public record Split(String by, Optional<LocalDate> trainUntil, Optional<LocalDate> validateUntil, Map<String, String> settings) {}

  /** A named check and its settings. */
  public record Check(String name, Map<String, String> settings) {}

  public TrainingSet {
    features = List.copyOf(features);
    checks = List.copyOf(checks);
  }
}
