// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc;

/** A statement whose query can be stopped from any thread. */
interface CancellableStatement {

  /** Stops what runs, if anything does. */
  void stop();

  Running running();
}
