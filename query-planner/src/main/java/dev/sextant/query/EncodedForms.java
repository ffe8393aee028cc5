// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query;

import java.util.Optional;

/** Bodies that were made from an answer which is kept, for the next one who asks for the same form. */
public interface EncodedForms {

  /** What identifies the rows: answers with the same tag have the same rows. */
  String tag();

  /** The body in a form such as {@code json}, if it was kept; not to be changed. */
  Optional<byte[]> find(String form);

  /** Offers a body to be kept; it may be refused. */
  void keep(String form, byte[] body);
}
