// SPDX-License-Identifier: Apache-2.0
/** Expressions: text to tree and back. */
@NullMarked
package dev.sextant.model.expr;

import org.jspecify.annotations.NullMarked;
