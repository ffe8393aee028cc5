// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation;

import dev.sextant.model.DestinationConfig;
import dev.sextant.model.Sync;
import java.nio.file.Path;
import java.time.InstantSource;

/** A type of destination that somebody adds; found on the class path by {@link java.util.ServiceLoader}. */
public interface DestinationType {

  /** What {@code type:} says in {@code sextant.yml}. */
  String type();

  /**
   * Opens a destination for one sync, asking nobody yet; relative paths are under {@code folder}. A SextantException with
   * {@code DESTINATION_CONFIG} names an option that is wrong, and never a secret's value.
   */
  Destination open(DestinationConfig config, Sync sync, Path folder, InstantSource clock);
}
