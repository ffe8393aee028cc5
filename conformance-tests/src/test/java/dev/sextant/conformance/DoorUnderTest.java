// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance;

/** A way into the server; all of them must answer alike. */
public interface DoorUnderTest extends AutoCloseable {

  /** The door's short name, such as {@code http}. */
  String name();

  /** Whether questions of this kind can be asked here at all. */
  boolean takes(Question question);

  Answer ask(Question question);

  @Override
  void close();
}
