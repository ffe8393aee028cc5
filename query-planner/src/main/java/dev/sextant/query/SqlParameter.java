// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query;

import dev.sextant.model.DataType;

/** A parameter's value: its type and its canonical text, as {@code Expr.Literal} holds constants; type NULL and empty text for NULL. */
public record SqlParameter(DataType type, String text) {

  public static final SqlParameter NULL = new SqlParameter(DataType.NULL, "");
}
