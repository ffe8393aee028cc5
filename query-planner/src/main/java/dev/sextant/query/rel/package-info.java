// SPDX-License-Identifier: Apache-2.0
/** Lowers plans to Calcite relational expressions. */
@NullMarked
package dev.sextant.query.rel;

import org.jspecify.annotations.NullMarked;
