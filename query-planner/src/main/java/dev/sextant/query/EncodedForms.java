// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query;

import java.util.Optional;

/** Bodies that were made from an answer which is kept, for the next one who asks for the same form. */
public interface EncodedForms {

  /** How many rows the answer has. */
  long rows();

  /** Lets the answer be read from its beginning. */
  void rewind();

  /** Whether the answer was served before: then a body is worth keeping. */
  boolean servedBefore();

  /** The body in a form such as {@code json}, if it was kept; not to be changed. */
  Optional<byte[]> find(String form);

  /** The most bytes a body may have to be kept. */
  long mostBytes();

  /** Takes it on oneself to make the body in a form; false where somebody has already, whatever came of it. */
  boolean claim(String form);

  /** Offers a body to be kept; it may be refused. */
  void keep(String form, byte[] body);
}
