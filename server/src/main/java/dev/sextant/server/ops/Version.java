// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.ops;

import java.util.Optional;

/** Which Sextant this is. */
public final class Version {

  /** The version its jar was built as; {@code dev} where it runs from classes. */
  public static final String TEXT = Optional.ofNullable(Version.class.getPackage().getImplementationVersion()).orElse("dev");

  private Version() {}
}
