// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc;

/** Lets an SQLException through methods of the framework that do not declare it, rather than hide it in another. */
final class Sneaky {

  private Sneaky() {}

  /** Throws {@code failure} as it is; declared to return so that callers can write {@code throw}. */
  static RuntimeException thrown(Exception failure) {
    return Sneaky.<RuntimeException>undeclared(failure);
  }

  @SuppressWarnings("unchecked")
  private static <E extends Exception> RuntimeException undeclared(Exception failure) throws E {
    throw (E) failure;
  }
}
