// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.boot;

/**
 * How many platform threads carry virtual ones. Embedded databases compute in native calls, which hold the carrier of the thread that waits
 * for them; with one carrier per core, as the JVM has it, two long queries on a small machine would keep everybody else waiting.
 */
public final class Carriers {
  private static final String PROPERTY = "jdk.virtualThreadScheduler.parallelism";
  private static final int FEWEST = 64;

  private Carriers() {}

  /** Asks for more carriers than warehouses run queries at the same time. Has an effect before the first virtual thread only. */
  public static void ensure() {
    if (System.getProperty(PROPERTY) == null) {
      System.setProperty(PROPERTY, String.valueOf(Math.max(FEWEST, 4 * Runtime.getRuntime().availableProcessors())));
    }
  }
}
